// The only file that includes OpenCV's dnn header, which is slow to compile.
#include "inference_engine.hpp"

#include <opencv2/dnn.hpp>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {
namespace {

std::vector<int> shape_of(const cv::Mat& blob) {
  return {blob.size.p, blob.size.p + blob.dims};
}

class OpenCvDnnEngine final : public InferenceEngine {
 public:
  OpenCvDnnEngine(std::string_view onnx, std::string name) : name_(std::move(name)) {
    // Photos are analysed side by side; a network that also splits its own work would only get in their way.
    cv::setNumThreads(1);
    try {
      net_ = cv::dnn::readNetFromONNX(onnx.data(), onnx.size());
      net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
      net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    } catch (const cv::Exception& error) {
      throw core::InfraError("model " + name_ + " cannot be loaded: " + error.what());
    }
  }

  std::vector<Tensor> run(const std::vector<TensorView>& inputs,
                          const std::vector<std::string>& outputs) override {
    try {
      for (const auto& input : inputs) set_input(input);
      // Asked for by name: OpenCV has its own order.
      std::vector<cv::Mat> blobs;
      net_.forward(blobs, outputs);
      std::vector<Tensor> tensors;
      for (const auto& blob : blobs) {
        tensors.push_back({shape_of(blob), {blob.ptr<float>(), blob.ptr<float>() + blob.total()}});
      }
      return tensors;
    } catch (const cv::Exception& error) {
      throw core::InfraError("model " + name_ + " failed: " + error.what());
    }
  }

 private:
  void set_input(const TensorView& input) {
    // OpenCV takes no const data; setInput copies it.
    const cv::Mat blob(input.shape, CV_32F, const_cast<float*>(input.values.data()));
    ROLLCALL_ASSERT(blob.total() == input.values.size());
    net_.setInput(blob, std::string(input.name));
  }

  std::string name_;
  cv::dnn::Net net_;
};

}  // namespace

std::unique_ptr<InferenceEngine> make_opencv_dnn_engine(std::string_view onnx, std::string name) {
  return std::make_unique<OpenCvDnnEngine>(onnx, std::move(name));
}

}  // namespace rollcall::vision
