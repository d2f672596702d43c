// A stored HTTP response -> its body, decoded.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace annalist::source {

struct HttpResponse {
  int status = 0;
  std::string content_type;  // "text/html", lower case
  std::string charset;
  std::string body;        // chunks joined, gzip, deflate and brotli undone
  bool truncated = false;  // the body broke off or was cut at the page limit
};

/// Parses headers and decodes the body. A body that cannot be decoded wholly is given as far as it goes.
Result<HttpResponse> read_http(std::string_view bytes);

}  // namespace annalist::source
