#include "decode/decode.hpp"

#include "decode/encode_png.hpp"
#include "decode/exif.hpp"
#include "decode/image_error.hpp"
#include "decode/png_chunks.hpp"
#include "support/made_images.hpp"

#include <gtest/gtest.h>

namespace rollcall::vision {
namespace {

using testing::exif_of;
using testing::four_corners;
using testing::JpegKind;
using testing::make_bmp;
using testing::make_jpeg;
using testing::with_exif;

const cv::Size kSize(64, 48);

std::string_view reason_of(const core::Result<DecodedImage>& result) {
  return result ? std::string_view("decoded") : result.error().reason;
}

double difference(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() ? cv::norm(a, b, cv::NORM_L1) / (3.0 * static_cast<double>(a.total())) : 255;
}

struct Refusal {
  const char* name;
  std::string bytes;
  std::string_view reason;
  const char* word;  // in the message
};

class RefusedImage : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusedImage, SaysWhy) {
  const auto result = decode(GetParam().bytes, {});
  ASSERT_EQ(reason_of(result), GetParam().reason);
  EXPECT_NE(result.error().message.find(GetParam().word), std::string::npos) << result.error().message;
}

std::string animated_webp() {
  return std::string("RIFF\x1E\0\0\0WEBPVP8X\x0A\0\0\0\x02\0\0\0\x3F\0\0\x2F\0\0", 30) + std::string(8, '\0');
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, RefusedImage,
    ::testing::Values(
        Refusal{"empty", "", "image_empty", "no bytes"},
        Refusal{"text", "hello, this is no image", "image_format_unsupported", "JPEG, PNG, WebP or BMP"},
        Refusal{"gif", "GIF89a......", "image_format_unsupported", "GIF"},
        Refusal{"tiff", std::string("II*\0....", 8), "image_format_unsupported", "TIFF"},
        Refusal{"heic", std::string("\0\0\0\x18") + "ftypheic", "image_format_unsupported", "kind of file"},
        Refusal{"svg", "<?xml version='1.0'?><svg/>", "image_format_unsupported", "SVG"},
        Refusal{"jpeg_start_only", "\xFF\xD8\xFF", "image_corrupt", "damaged"},
        Refusal{"png_start_only", "\x89PNG\r\n\x1A\n", "image_corrupt", "damaged"},
        Refusal{"bmp_start_only", "BM", "image_corrupt", "damaged"},
        Refusal{"webp_start_only", std::string("RIFF\0\0\0\0WEBP", 12), "image_corrupt", "damaged"},
        Refusal{"webp_animated", animated_webp(), "image_animated", "animation"},
        Refusal{"small", make_jpeg(four_corners({31, 100})), "image_too_small", "32"},
        Refusal{"many_scans", make_jpeg(four_corners(kSize), JpegKind::many_scans), "image_corrupt",
                "damaged"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Decode, RefusesBytesAboveTheLimitOnly) {
  const auto jpeg = make_jpeg(four_corners(kSize));
  DecodeSettings settings;
  settings.limits.bytes_max = jpeg.size();
  EXPECT_EQ(reason_of(decode(jpeg, settings)), "decoded");
  settings.limits.bytes_max = jpeg.size() - 1;
  EXPECT_EQ(reason_of(decode(jpeg, settings)), "image_too_large");
}

TEST(Decode, RefusesPixelsAboveTheLimitOnlyInEveryFormat) {
  const auto image = four_corners(kSize);
  for (const auto& encoded : {make_jpeg(image), make_bmp(image), encode_png(image)}) {
    DecodeSettings settings;
    settings.limits.pixels_max = kSize.area();
    EXPECT_EQ(reason_of(decode(encoded, settings)), "decoded");
    settings.limits.pixels_max = kSize.area() - 1;
    EXPECT_EQ(reason_of(decode(encoded, settings)), "image_too_many_pixels");
    settings.limits.pixels_max = kSize.area();
    settings.limits.side_px_max = kSize.width - 1;
    EXPECT_EQ(reason_of(decode(encoded, settings)), "image_too_many_pixels");
  }
}

TEST(CheckSize, DoesNotOverflow) {
  EXPECT_EQ(check_size(0xFFFFFFFF, 0xFFFFFFFF, {}).error().reason, "image_too_many_pixels");
  EXPECT_EQ(check_size(-1, 100, {}).error().reason, "image_corrupt");
  EXPECT_EQ(check_size(0, 100, {}).error().reason, "image_corrupt");
  EXPECT_TRUE(check_size(5000, 5000, {}));
  EXPECT_EQ(check_size(5001, 5000, {}).error().reason, "image_too_many_pixels");
}

TEST(Decode, KeepsThePixelsOfEveryFormat) {
  const auto image = four_corners(kSize);
  EXPECT_EQ(difference(decode(encode_png(image), {})->pixels, image), 0);
  EXPECT_EQ(difference(decode(make_bmp(image), {})->pixels, image), 0);
  for (const auto kind : {JpegKind::baseline, JpegKind::progressive, JpegKind::cmyk}) {
    EXPECT_LT(difference(decode(make_jpeg(image, kind), {})->pixels, image), 3) << static_cast<int>(kind);
  }
  const auto grey = decode(make_jpeg(image, JpegKind::grey), {})->pixels;
  EXPECT_EQ(grey.type(), CV_8UC3);
  EXPECT_NEAR(grey.at<cv::Vec3b>(5, 60)[0], 150, 5);  // green as luminance
}

// The photo is cut: whatever is missing was made up by the decoder.
TEST(Decode, RefusesAJpegThatEndsEarly) {
  cv::Mat noise(300, 300, CV_8UC3);
  cv::RNG(3).fill(noise, cv::RNG::UNIFORM, 0, 256);
  for (const auto kind : {JpegKind::baseline, JpegKind::progressive, JpegKind::grey}) {
    const auto jpeg = make_jpeg(noise, kind);
    for (std::size_t percent = 0; percent < 100; ++percent) {
      const auto cut = decode(jpeg.substr(0, jpeg.size() * percent / 100), {});
      EXPECT_FALSE(cut) << percent << " % of kind " << static_cast<int>(kind);
    }
  }
}

TEST(Decode, ForgivesAMissingEndMarkerAndTrailingBytes) {
  const auto image = four_corners(kSize);
  const auto jpeg = make_jpeg(image);
  EXPECT_EQ(reason_of(decode(jpeg.substr(0, jpeg.size() - 2), {})), "decoded");
  EXPECT_EQ(reason_of(decode(jpeg + "PK some archive", {})), "decoded");
}

TEST(Decode, RefusesAPngOrBmpThatEndsEarly) {
  cv::Mat noise(64, 64, CV_8UC3);
  cv::RNG(3).fill(noise, cv::RNG::UNIFORM, 0, 256);
  for (const auto& encoded : {encode_png(noise), make_bmp(noise)}) {
    for (std::size_t percent = 0; percent < 99; ++percent) {
      EXPECT_FALSE(decode(encoded.substr(0, encoded.size() * percent / 100), {})) << percent << " %";
    }
  }
}

TEST(Decode, RefusesAPngWhoseHeaderClaimsTooMuch) {
  EXPECT_EQ(reason_of(decode(testing::png_header(2'000'000'000, 2'000'000'000), {})),
            "image_too_many_pixels");
  EXPECT_EQ(reason_of(decode(testing::png_header(5000, 5001), {})), "image_too_many_pixels");
  EXPECT_EQ(reason_of(decode(testing::png_header(5000, 5000), {})), "image_corrupt") << "and nothing follows";
}

TEST(Decode, ScalesAJpegDownButNeverBelowWhatIsWanted) {
  const auto jpeg = make_jpeg(four_corners({1600, 800}));
  for (const auto& [wanted, longest] : std::vector<std::pair<int, int>>{{0, 1600},
                                                                        {1600, 1600},
                                                                        {801, 1600},
                                                                        {800, 800},
                                                                        {300, 400},
                                                                        {200, 200},
                                                                        {10, 200},
                                                                        {9999, 1600}}) {
    const auto decoded = decode(jpeg, {.limits = {}, .longest_side_px_wanted = wanted});
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->pixels.cols, longest) << wanted;
    EXPECT_EQ(decoded->upright_size, cv::Size(1600, 800)) << wanted;
  }
}

class ExifOrientation : public ::testing::TestWithParam<int> {};

// `upright` of a stored image is the image, for the eight ways in which EXIF says that it was stored.
TEST_P(ExifOrientation, IsUndone) {
  const auto image = four_corners(kSize);
  const int orientation = GetParam();
  cv::Mat stored;
  switch (orientation) {
    case 2:
      cv::flip(image, stored, 1);
      break;
    case 3:
      cv::rotate(image, stored, cv::ROTATE_180);
      break;
    case 4:
      cv::flip(image, stored, 0);
      break;
    case 5:
      cv::transpose(image, stored);
      break;
    case 6:
      cv::rotate(image, stored, cv::ROTATE_90_COUNTERCLOCKWISE);
      break;
    case 7:
      cv::rotate(image, stored, cv::ROTATE_180);
      cv::transpose(stored, stored);
      break;
    case 8:
      cv::rotate(image, stored, cv::ROTATE_90_CLOCKWISE);
      break;
    default:
      stored = image;
  }
  EXPECT_EQ(difference(upright(stored, orientation), image), 0);
  for (const bool big_endian : {false, true}) {
    const auto decoded = decode(with_exif(make_jpeg(stored), exif_of(orientation, big_endian)), {});
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->upright_size, kSize);
    EXPECT_LT(difference(decoded->pixels, image), 3);
  }
}

INSTANTIATE_TEST_SUITE_P(All, ExifOrientation, ::testing::Range(1, 9));

TEST(ExifOrientation, IsOneWhereItIsBroken) {
  const auto sound = exif_of(6, false);
  EXPECT_EQ(exif_orientation(sound), 6);
  EXPECT_EQ(exif_orientation(std::string("Exif\0\0", 6) + sound), 6);
  for (std::size_t size = 0; size < 20; ++size) EXPECT_EQ(exif_orientation(sound.substr(0, size)), 1) << size;
  EXPECT_EQ(exif_orientation(exif_of(0, false)), 1);
  EXPECT_EQ(exif_orientation(exif_of(9, true)), 1);
  auto far_directory = sound;
  far_directory.replace(4, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_EQ(exif_orientation(far_directory), 1);
  auto long_directory = sound;
  long_directory.replace(8, 2, "\xFF\xFF");
  long_directory.replace(10, 2, "\x13\x01");  // the tag becomes another one
  EXPECT_EQ(exif_orientation(long_directory), 1);
  auto as_text = sound;
  as_text[12] = 2;  // its type
  EXPECT_EQ(exif_orientation(as_text), 1);
}

TEST(PngChunks, LeaveOutWhatMakesNoPixels) {
  const auto png = encode_png(four_corners(kSize));
  const std::string text = std::string("\0\0\0\x04", 4) + "zTXtabcd" + std::string(4, '\0');
  const std::size_t after_header = 8 + 25;
  const auto with_text = png.substr(0, after_header) + text + png.substr(after_header);
  EXPECT_EQ(read_png_chunks(with_text).pixels_only, read_png_chunks(png).pixels_only);
  EXPECT_EQ(read_png_chunks(png).pixels_only, png);
}

TEST(PngChunks, TellAnAnimationFromAStillWithOneFrame) {
  const auto png = encode_png(four_corners(kSize));
  const std::size_t after_header = 8 + 25;
  for (const int frames : {1, 2}) {
    const std::string control = std::string("\0\0\0\x08", 4) + "acTL" + std::string(3, '\0') +
                                static_cast<char>(frames) + std::string(8, '\0');
    const auto apng = png.substr(0, after_header) + control + png.substr(after_header);
    EXPECT_EQ(reason_of(decode(apng, {})), frames == 1 ? "decoded" : "image_animated");
  }
}

TEST(Bmp, RefusesWhatItDoesNotRead) {
  const auto sound = make_bmp(four_corners(kSize));
  ASSERT_EQ(reason_of(decode(sound, {})), "decoded");
  auto compressed = sound;
  compressed[30] = 1;
  EXPECT_EQ(reason_of(decode(compressed, {})), "image_format_unsupported");
  auto sixteen_bits = sound;
  sixteen_bits[28] = 16;
  EXPECT_EQ(reason_of(decode(sixteen_bits, {})), "image_format_unsupported");
  auto far_pixels = sound;
  far_pixels.replace(10, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_EQ(reason_of(decode(far_pixels, {})), "image_corrupt");
  auto negative_width = sound;
  negative_width.replace(18, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_EQ(reason_of(decode(negative_width, {})), "image_corrupt");
}

TEST(Bmp, ReadsTopDownRows) {
  const auto image = four_corners(kSize);
  cv::Mat reversed;
  cv::flip(image, reversed, 0);
  auto top_down = make_bmp(reversed);
  const auto height = static_cast<std::uint32_t>(-kSize.height);
  for (std::size_t i = 0; i < 4; ++i) top_down[22 + i] = static_cast<char>(height >> 8 * i & 0xFF);
  const auto decoded = decode(top_down, {});
  ASSERT_TRUE(decoded);
  EXPECT_EQ(difference(decoded->pixels, image), 0);
}

}  // namespace
}  // namespace rollcall::vision
