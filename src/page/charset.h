// Bytes of a page -> UTF-8. Order of trust: byte order mark, HTTP header, <meta>, valid UTF-8, a guess.
#pragma once

#include <string>
#include <string_view>

namespace annalist::page {

struct Decoded {
  std::string text;       // valid UTF-8 without NUL and byte order mark
  bool repaired = false;  // some bytes were no text in the charset and were replaced
};

/// `declared` is the charset of the HTTP header, may be empty. `html`: look for <meta charset> too.
Decoded decode(std::string_view bytes, std::string_view declared, bool html);

/// True for bytes that are no text at all: pictures, archives, programs.
bool looks_binary(std::string_view bytes);

}  // namespace annalist::page
