// HTTP as the handlers see it: a request that is already whole and checked, a response that is bytes or a
// stream, and the problem details of RFC 9457 for everything refused. Plain values; no socket, no thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace annalist::serve {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;
  std::string target;                 // as sent
  std::string path;                   // percent-decoded, no query
  std::vector<std::string> segments;  // of the path, each decoded: an encoded slash does not split
  Fields query;                       // decoded, in the order given
  Fields headers;                     // names in lower case
  std::string body;
  std::string peer;  // address without port
  bool loopback = false;
  std::string caller;   // the key's name, else the peer: whom limits and reviews are counted to
  unsigned scopes = 0;  // what the caller may do (serve/keys.h)

  std::string_view header(std::string_view lower_name) const;
  /// The first value of a query parameter; empty when absent.
  std::string_view param(std::string_view name) const;
  bool has(std::string_view name) const;
  std::vector<std::string_view> params(std::string_view name) const;
};

struct Response {
  unsigned status = 200;
  Fields headers;
  std::string body;
  std::shared_ptr<const std::string> shared;  // instead of body: bytes that many responses share
  /// Instead of body: called until it returns false; appends what is to be sent next. Runs on a server
  /// thread.
  std::function<bool(std::string& chunk)> stream;
  std::string log;  // why it was refused, for the log; never sent

  Response& header(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

/// Splits a target into path, segments and query. An Error when it is not one that we serve: no leading
/// slash, a broken escape, NUL or control bytes, bytes that are no UTF-8, a "." or ".." segment.
Status parse_target(std::string_view target, Request& out);
/// Percent-encodes for a query value.
std::string encode_component(std::string_view s);

/// problem+json (RFC 9457). `field` is the parameter or body member that is wrong; empty: none.
Response problem(unsigned status, std::string_view title, std::string_view detail,
                 std::string_view field = {});
Response json_response(std::string body, unsigned status = 200);
std::string_view reason_of(unsigned status);

}  // namespace annalist::serve
