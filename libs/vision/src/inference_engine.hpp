// A loaded network: named float tensors in, named float tensors out.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::vision {

struct TensorView {
  std::string_view name;
  std::vector<int> shape;
  std::span<const float> values;  // row-major
};

struct Tensor {
  std::vector<int> shape;
  std::vector<float> values;
};

// Keeps buffers: used by one thread at a time. One inference uses one core.
class InferenceEngine {
 public:
  virtual ~InferenceEngine() = default;
  // The tensors that `outputs` names, in that order. Shapes may change from call to call where the network
  // allows it. Throws core::InfraError when the network refuses.
  virtual std::vector<Tensor> run(const std::vector<TensorView>& inputs,
                                  const std::vector<std::string>& outputs) = 0;
};

// OpenCV's dnn module. `onnx` is the content of a model file, `name` is for messages.
// Throws core::InfraError when it cannot be loaded.
std::unique_ptr<InferenceEngine> make_opencv_dnn_engine(std::string_view onnx, std::string name);

}  // namespace rollcall::vision
