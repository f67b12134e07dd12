// Authenticated encryption: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with a random nonce for each
// message.
//
// Thread safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <rollcall/crypto/key.hpp>

namespace rollcall::crypto {

// A sealed message is a version byte, 24 bytes of nonce, the ciphertext and 16 bytes of tag.
constexpr std::size_t kSealOverhead = 1 + 24 + 16;

// `context` says what the message is and where it belongs, such as "template:<person>:<id>"; it is not stored
// but must be the same when opening, so a sealed message cannot be moved to another place.
std::string seal(const Key& key, std::string_view plain, std::string_view context);

// nullopt when it was sealed with another key or context, or was changed.
std::optional<std::string> open(const Key& key, std::string_view sealed, std::string_view context);

}  // namespace rollcall::crypto
