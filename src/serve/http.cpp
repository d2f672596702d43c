#include "serve/http.h"

#include "base/json.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::serve {
namespace {

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  c = to_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Decodes escapes; a '+' is a blank in queries only.
bool decode(std::string_view s, bool plus, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < s.size(); ++i) {
    char c = s[i];
    if (c == '%') {
      const int high = i + 2 < s.size() ? hex_digit(s[i + 1]) : -1;
      const int low = i + 2 < s.size() ? hex_digit(s[i + 2]) : -1;
      if (high < 0 || low < 0) return false;
      c = char(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus) {
      c = ' ';
    }
    if (c == '\0') return false;
    out += c;
  }
  return is_valid_utf8(out);
}

}  // namespace

std::string_view Request::header(std::string_view lower_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_name) return value;
  return {};
}

std::string_view Request::param(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return {};
}

bool Request::has(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return true;
  return false;
}

std::vector<std::string_view> Request::params(std::string_view name) const {
  std::vector<std::string_view> out;
  for (const auto& [key, value] : query)
    if (key == name) out.push_back(value);
  return out;
}

Status parse_target(std::string_view target, Request& out) {
  out.target = target;
  if (!target.starts_with('/')) return fail("the target must start with '/'");
  const std::size_t question = target.find('?');
  const std::string_view raw_path = target.substr(0, question);
  std::string part;
  for (std::string_view raw : split(raw_path.substr(1), '/')) {
    if (!decode(raw, false, part)) return fail("the path has a broken escape or bytes that are no UTF-8");
    if (part == "." || part == "..") return fail("the path must not climb");
    for (const char c : part)
      if (static_cast<unsigned char>(c) < 0x20 || c == '\\')
        return fail("the path has a forbidden character");
    out.path += "/" + part;
    if (!part.empty()) out.segments.push_back(part);
  }
  if (question == std::string_view::npos) return {};
  for (std::string_view pair : split(target.substr(question + 1), '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    std::string key, value;
    if (!decode(pair.substr(0, equals), true, key) ||
        !decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true, value))
      return fail("the query has a broken escape or bytes that are no UTF-8", key);
    out.query.emplace_back(std::move(key), std::move(value));
  }
  return {};
}

std::string encode_component(std::string_view s) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : s) {
    if (is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      const auto u = static_cast<unsigned char>(c);
      out += {'%', kHex[u >> 4], kHex[u & 15]};
    }
  }
  return out;
}

Response problem(unsigned status, std::string_view title, std::string_view detail, std::string_view field) {
  Response r;
  r.status = status;
  JsonWriter json(r.body);
  json.begin_object().field("type", "about:blank").field("title", title).field("status", status);
  json.field("detail", detail);
  if (!field.empty()) json.field("field", field);
  json.end_object();
  r.header("Content-Type", "application/problem+json").header("Cache-Control", "no-store");
  r.log = std::string(title) + ": " + std::string(detail);
  return r;
}

Response json_response(std::string body, unsigned status) {
  Response r;
  r.status = status;
  r.body = std::move(body);
  r.header("Content-Type", "application/json");
  return r;
}

std::string_view reason_of(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Response";
  }
}

}  // namespace annalist::serve
