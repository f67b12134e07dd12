// Draws people who do not exist, for tests and demonstrations: no real person's face is needed.
//
// The same seeds give the same pixels on every machine. All functions are safe from many threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include <opencv2/core.hpp>

namespace rollcall::synthetic {

struct PersonSeed {
  std::uint64_t value = 0;
};

// Chooses pose, light, background, clothes, expression and camera noise of one photo of a person.
struct PhotoSeed {
  std::uint64_t value = 0;
};

// A square portrait, 8-bit BGR. At least 64 pixels wide.
cv::Mat draw_face(PersonSeed person, PhotoSeed photo, int size_px);

// `quality` is 0..100.
std::vector<std::uint8_t> encode_jpeg(const cv::Mat& image, int quality);

// Writes dir/person_01/photo_1.jpg and so on; people are the seeds 1..people, photos the
// seeds 1..photos_each. Throws std::filesystem::filesystem_error or std::runtime_error when a file cannot be
// written.
void write_people(const std::filesystem::path& dir, int people, int photos_each);

}  // namespace rollcall::synthetic
