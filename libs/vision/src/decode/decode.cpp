#include "decode/decode.hpp"

#include "decode/codecs.hpp"
#include "decode/exif.hpp"
#include "decode/image_error.hpp"

namespace rollcall::vision {
namespace {

using std::string_view_literals::operator""sv;

bool is_riff(std::string_view bytes, std::string_view kind) {
  return bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == kind;
}

bool is_iso_media(std::string_view bytes) {
  return bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp"sv;
}

// The name of a format that is not accepted, for the message.
std::string_view foreign_format(std::string_view bytes) {
  if (bytes.starts_with("GIF8"sv)) return "GIF";
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return "TIFF";
  if (bytes.starts_with("\0\0\0\x0CjP  "sv) || bytes.starts_with("\xFF\x4F\xFF\x51"sv)) return "JPEG 2000";
  if (is_iso_media(bytes)) return "HEIC or AVIF";
  if (bytes.substr(0, 1024).find("<svg"sv) != std::string_view::npos) return "SVG";
  if (bytes.starts_with("%PDF"sv)) return "PDF";
  return "This kind of file";
}

core::Result<StoredImage> decode_stored(std::string_view encoded, const DecodeSettings& settings) {
  if (encoded.starts_with("\xFF\xD8\xFF"sv)) return decode_jpeg(encoded, settings);
  if (encoded.starts_with("\x89PNG\r\n\x1A\n"sv)) return decode_png(encoded, settings.limits);
  if (is_riff(encoded, "WEBP")) return decode_webp(encoded, settings.limits);
  if (encoded.starts_with("BM"sv)) return decode_bmp(encoded, settings.limits);
  return image_format_unsupported(foreign_format(encoded));
}

}  // namespace

core::Result<DecodedImage> decode(std::string_view encoded, const DecodeSettings& settings) {
  if (encoded.empty()) return image_empty();
  if (encoded.size() > settings.limits.bytes_max) return image_too_large(settings.limits.bytes_max);
  auto stored = decode_stored(encoded, settings);
  if (!stored) return stored.error();
  const bool turned = stored->orientation >= 5;
  return DecodedImage{upright(stored->pixels, stored->orientation),
                      turned ? cv::Size(stored->size.height, stored->size.width) : stored->size};
}

}  // namespace rollcall::vision
