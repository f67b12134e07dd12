#include "support/synthetic_face.hpp"

#include "support/face_features.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#include <jpeglib.h>
#include <opencv2/imgproc.hpp>

#include <rollcall/core/assert.hpp>

namespace rollcall::synthetic {
namespace {

constexpr int kWrittenSizePx = 480;
constexpr int kWrittenQuality = 90;
constexpr float kReferenceSizePx = 480;

void draw_background(Painter& painter, const Photo& photo) {
  painter.picture().setTo(photo.background);
  painter.shade(painter.everything(), [&](float u, float v) { return 1 + 0.06F * u - 0.04F * v; });
}

void light(Painter& painter, const Photo& photo) {
  painter.shade(painter.everything(), [&](float u, float v) {
    const float slope = 0.16F * photo.light_from_right * std::clamp(u, -1.2F, 1.2F) -
                        0.10F * photo.light_from_above * std::clamp(v, -1.2F, 1.2F);
    return (1 + slope) * photo.exposure;
  });
}

cv::Mat develop(const cv::Mat3f& picture, const Photo& photo, RandomStream grain) {
  cv::Mat sharp(picture.size(), CV_8UC3);
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      const float noise = photo.noise * grain.gaussian();
      auto& pixel = sharp.at<cv::Vec3b>(y, x);
      for (int c = 0; c < 3; ++c) {
        const float value = std::clamp(picture(y, x)[c] + noise, 0.0F, 255.0F);
        pixel[c] = static_cast<std::uint8_t>(value + 0.5F);
      }
    }
  }
  cv::Mat image;
  const double sigma = photo.blur_sigma * static_cast<float>(picture.cols) / kReferenceSizePx;
  cv::GaussianBlur(sharp, image, {}, sigma);  // exact in fixed point for 8-bit images
  return image;
}

void write_file(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

// person_01: two digits at least, so that folders sort.
std::string folder_of(int person) {
  auto digits = std::to_string(person);
  if (digits.size() < 2) digits.insert(0, 1, '0');
  return "person_" + digits;
}

}  // namespace

cv::Mat draw_face(PersonSeed person_seed, PhotoSeed photo_seed, int size_px) {
  ROLLCALL_ASSERT(size_px >= 64);
  const auto person = make_person(RandomStream{person_seed.value});
  RandomStream moment = RandomStream{person_seed.value}.fork(0x70686F746FU + photo_seed.value);
  const auto photo = make_photo(moment.fork(1));

  Painter painter{size_px, photo.pose};
  draw_background(painter, photo);
  draw_hair_behind(painter, person);
  draw_body(painter, person, photo);
  draw_head(painter, person);
  draw_skin_marks(painter, person);
  draw_beard(painter, person);
  draw_eyes(painter, person, photo);
  draw_nose(painter, person);
  draw_mouth(painter, person, photo);
  draw_hair_in_front(painter, person);
  draw_brows(painter, person);
  draw_glasses(painter, person);
  light(painter, photo);
  return develop(painter.picture(), photo, moment.fork(2));
}

std::vector<std::uint8_t> encode_jpeg(const cv::Mat& image, int quality) {
  jpeg_compress_struct encoder{};
  jpeg_error_mgr errors{};
  encoder.err = jpeg_std_error(&errors);  // ends the process: a bug of ours, not an input
  jpeg_create_compress(&encoder);
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&encoder, &buffer, &size);
  encoder.image_width = static_cast<JDIMENSION>(image.cols);
  encoder.image_height = static_cast<JDIMENSION>(image.rows);
  encoder.input_components = 3;
  encoder.in_color_space = JCS_EXT_BGR;
  jpeg_set_defaults(&encoder);
  jpeg_set_quality(&encoder, quality, TRUE);
  jpeg_start_compress(&encoder, TRUE);
  for (int y = 0; y < image.rows; ++y) {
    auto* row = const_cast<unsigned char*>(image.ptr(y));  // libjpeg only reads it
    jpeg_write_scanlines(&encoder, &row, 1);
  }
  jpeg_finish_compress(&encoder);
  std::vector<std::uint8_t> bytes(buffer, buffer + size);
  jpeg_destroy_compress(&encoder);
  std::free(buffer);
  return bytes;
}

void write_people(const std::filesystem::path& dir, int people, int photos_each) {
  for (int person = 1; person <= people; ++person) {
    const auto folder = dir / folder_of(person);
    std::filesystem::create_directories(folder);
    for (int photo = 1; photo <= photos_each; ++photo) {
      const auto image = draw_face(PersonSeed{static_cast<std::uint64_t>(person)},
                                   PhotoSeed{static_cast<std::uint64_t>(photo)}, kWrittenSizePx);
      write_file(folder / ("photo_" + std::to_string(photo) + ".jpg"), encode_jpeg(image, kWrittenQuality));
    }
  }
}

}  // namespace rollcall::synthetic
