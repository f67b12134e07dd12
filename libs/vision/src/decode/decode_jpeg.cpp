// JPEG through libjpeg-turbo's libjpeg interface, whose limits can be set.
#include "decode/codecs.hpp"
#include "decode/exif.hpp"
#include "decode/image_error.hpp"

// The order matters: jpeglib.h needs <cstdio>, and the numbers of the messages in jerror.h depend on how
// libjpeg was built, which jpeglib.h says.
// clang-format off
#include <csetjmp>
#include <cstdio>
#include <jpeglib.h>
#include <jerror.h>
// clang-format on

namespace rollcall::vision {
namespace {

// A progressive image of a camera has about ten scans; each scan of a hostile one costs a pass over all
// blocks.
constexpr int kScansMax = 100;
// Coefficients of a progressive image: two bytes for each of at most four components, and some for tables.
constexpr std::int64_t kMemoryPerPixelBytes = 8;
constexpr std::int64_t kMemoryFixedBytes = 4 << 20;
constexpr unsigned kExifBytesMax = 0xFFFF;

// What libjpeg reports, and the way out of it. libjpeg ends a failed call by error_exit, which must not
// return.
struct Trap {
  jpeg_error_mgr errors{};
  jpeg_progress_mgr progress{};
  jmp_buf way_out{};
  bool input_ended = false;  // a fake end was put in; harmless where only the end marker is missing
  bool data_lost = false;
  bool scans_exceeded = false;
};

Trap& trap_of(j_common_ptr info) {
  return *static_cast<Trap*>(info->client_data);
}

[[noreturn]] void leave(j_common_ptr info) {
  longjmp(trap_of(info).way_out, 1);
}

// Level -1 is a warning. These mean that pixels are missing or made up; the others (bytes between segments,
// an odd version number) leave the picture whole.
void note_message(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_JPEG_EOF:
      trap_of(info).input_ended = true;
      break;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_BOGUS_PROGRESSION:
      trap_of(info).data_lost = true;
      break;
    default:
      break;
  }
}

void watch_scans(j_common_ptr info) {
  if (!info->is_decompressor) return;
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= kScansMax) return;
  trap_of(info).scans_exceeded = true;
  leave(info);
}

// Owns a decompressor. Not thread safe.
class JpegReader {
 public:
  JpegReader() {
    info_.err = jpeg_std_error(&trap_.errors);
    trap_.errors.error_exit = leave;
    trap_.errors.emit_message = note_message;
    trap_.errors.output_message = [](j_common_ptr) {};
    trap_.progress.progress_monitor = watch_scans;
    info_.client_data = &trap_;
  }
  ~JpegReader() { jpeg_destroy_decompress(&info_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  // False when libjpeg gave up inside `calls`. The jump back skips the rest of `calls`, so it must not own
  // anything.
  template <class Calls>
  bool run(const Calls& calls) {
    if (setjmp(trap_.way_out) != 0) return false;
    calls(info_);
    return true;
  }

  jpeg_decompress_struct& info() { return info_; }
  Trap& trap() { return trap_; }

  core::Error failure(const DecodeLimits& limits) {
    const int code = trap_.errors.msg_code;
    if (trap_.scans_exceeded) return image_corrupt("more than " + std::to_string(kScansMax) + " scans");
    if (code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE || code == JERR_IMAGE_TOO_BIG) {
      return image_too_many_pixels(limits);
    }
    if (code == JERR_BAD_PRECISION) return image_format_unsupported("A JPEG of more than 8 bits");
    if (code == JERR_SOF_UNSUPPORTED) return image_format_unsupported("A lossless or hierarchical JPEG");
    if (code == JERR_CONVERSION_NOTIMPL) return image_format_unsupported("A JPEG of these colours");
    std::array<char, JMSG_LENGTH_MAX> text{};
    trap_.errors.format_message(reinterpret_cast<j_common_ptr>(&info_), text.data());
    return image_corrupt(text.data());
  }

 private:
  jpeg_decompress_struct info_{};
  Trap trap_;
};

unsigned scale_divisor(const jpeg_decompress_struct& info, int longest_side_px_wanted) {
  if (longest_side_px_wanted <= 0) return 1;
  const auto longest = std::max(info.image_width, info.image_height);
  for (const unsigned divisor : {8U, 4U, 2U}) {
    if (longest / divisor >= static_cast<unsigned>(longest_side_px_wanted)) return divisor;
  }
  return 1;
}

int orientation_of(const jpeg_decompress_struct& info) {
  using std::string_view_literals::operator""sv;
  for (const auto* marker = info.marker_list; marker != nullptr; marker = marker->next) {
    const std::string_view data(reinterpret_cast<const char*>(marker->data), marker->data_length);
    if (data.starts_with("Exif\0\0"sv)) return exif_orientation(data);
  }
  return 1;
}

bool is_cmyk(const jpeg_decompress_struct& info) {
  return info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
}

// Adobe stores ink inverted: 255 is none.
void cmyk_to_bgr(const cv::Mat& cmyk_row, cv::Mat bgr_row, unsigned char inversion) {
  for (int x = 0; x < cmyk_row.cols; ++x) {
    const auto& ink = cmyk_row.at<cv::Vec4b>(0, x);
    const int key = ink[3] ^ inversion;
    for (int channel = 0; channel < 3; ++channel) {
      bgr_row.at<cv::Vec3b>(0, x)[channel] =
          static_cast<unsigned char>((ink[2 - channel] ^ inversion) * key / 255);
    }
  }
}

// The image is whole: what ends too early, or was skipped over, is not a photo to decide on.
bool is_whole(const jpeg_decompress_struct& info, const Trap& trap) {
  if (trap.data_lost) return false;
  // Where later scans refine or add colour, a missing end may be a missing scan; arithmetic coding reads
  // zeros for ever.
  const bool end_matters =
      info.progressive_mode || info.arith_code || info.comps_in_scan < info.num_components;
  return !(trap.input_ended && end_matters);
}

}  // namespace

core::Result<StoredImage> decode_jpeg(std::string_view encoded, const DecodeSettings& settings) {
  const auto& limits = settings.limits;
  JpegReader reader;
  const bool header_read = reader.run([&](jpeg_decompress_struct& info) {
    jpeg_create_decompress(&info);
    info.progress = &reader.trap().progress;
    info.mem->max_memory_to_use =
        static_cast<long>(limits.pixels_max * kMemoryPerPixelBytes + kMemoryFixedBytes);
    jpeg_save_markers(&info, JPEG_APP0 + 1, kExifBytesMax);
    jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(encoded.data()), encoded.size());
    jpeg_read_header(&info, TRUE);
  });
  if (!header_read) return reader.failure(limits);
  auto& info = reader.info();
  if (const auto fits = check_size(info.image_width, info.image_height, limits); !fits) return fits.error();

  const bool cmyk = is_cmyk(info);
  info.out_color_space = cmyk ? JCS_CMYK : JCS_EXT_BGR;
  info.scale_num = 1;
  info.scale_denom = scale_divisor(info, settings.longest_side_px_wanted);
  if (!reader.run([](jpeg_decompress_struct& started) { jpeg_start_decompress(&started); })) {
    return reader.failure(limits);
  }
  cv::Mat pixels(static_cast<int>(info.output_height), static_cast<int>(info.output_width), CV_8UC3);
  cv::Mat cmyk_row(1, cmyk ? pixels.cols : 1, CV_8UC4);
  const auto inversion = static_cast<unsigned char>(info.saw_Adobe_marker ? 0x00 : 0xFF);
  for (int y = 0; y < pixels.rows; ++y) {
    JSAMPROW row = cmyk ? cmyk_row.ptr() : pixels.ptr(y);
    if (!reader.run([&row](jpeg_decompress_struct& reading) { jpeg_read_scanlines(&reading, &row, 1); })) {
      return reader.failure(limits);
    }
    if (cmyk) cmyk_to_bgr(cmyk_row, pixels.row(y), inversion);
  }
  if (!is_whole(info, reader.trap())) return image_corrupt("the JPEG data ends early or is damaged");
  return StoredImage{std::move(pixels),
                     cv::Size(static_cast<int>(info.image_width), static_cast<int>(info.image_height)),
                     orientation_of(info)};
}

}  // namespace rollcall::vision
