// One input as it was delivered: bytes and what the deliverer knew about them. src/source makes them,
// src/page reads them. Plain values; the bytes are owned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace annalist {

struct RawPage {
  enum class Form : std::uint8_t { unknown, html, text };

  std::string id;   // the caller's; else the first 16 hexadecimal digits of the bytes' SHA-256
  std::string url;  // hints, all may be empty
  std::string publisher;
  std::string headline;
  std::vector<std::string> authors;  // as the export or feed names them
  std::string date;                  // publication date if the caller knows it, "YYYY-MM-DD..."
  std::string charset;               // of the HTTP header
  std::string bytes;
  std::string origin;  // "news.jsonl:12", for people
  Form form = Form::unknown;
  bool truncated = false;  // the source ended before the page did
};

}  // namespace annalist
