#include "source/http.h"

#include <brotli/decode.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>

#include "base/strings.h"
#include "source/source.h"

namespace annalist::source {

namespace {

/// Joins chunks. Stops at the first broken one; false then.
bool join_chunks(std::string_view in, std::string& out) {
  while (true) {
    std::size_t size = 0, digits = 0, at = 0;
    while (at < in.size() && digits < 8) {
      const char c = to_lower(in[at]);
      const int v = is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (v < 0) break;
      size = size * 16 + std::size_t(v);
      ++digits;
      ++at;
    }
    const std::size_t line = in.find('\n', at);
    if (digits == 0 || line == in.npos) return false;
    if (size == 0) return true;
    in.remove_prefix(line + 1);
    out.append(in.substr(0, size));
    if (in.size() < size) return false;
    in.remove_prefix(size);
    if (in.starts_with("\r\n"))
      in.remove_prefix(2);
    else if (in.starts_with('\n'))
      in.remove_prefix(1);
  }
}

/// Inflates gzip, zlib or raw deflate, at most a page and one byte. False where it broke off.
bool inflate_all(std::string_view in, int window_bits, std::string& out) {
  z_stream state{};
  if (inflateInit2(&state, window_bits) != Z_OK) return false;
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  state.avail_in = static_cast<uInt>(in.size());
  int rc = Z_OK;
  while (rc == Z_OK && out.size() <= kMaxPage) {
    const std::size_t had = out.size();
    const std::size_t step = std::min<std::size_t>(256 * 1024, kMaxPage + 1 - had);
    if (step == 0) break;
    out.resize(had + step);
    state.next_out = reinterpret_cast<Bytef*>(out.data() + had);
    state.avail_out = static_cast<uInt>(step);
    rc = ::inflate(&state, Z_NO_FLUSH);
    out.resize(had + step - state.avail_out);
  }
  inflateEnd(&state);
  return rc == Z_STREAM_END;
}

/// The same for brotli.
bool unbrotli(std::string_view in, std::string& out) {
  BrotliDecoderState* state = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
  if (!state) return false;
  auto* from = reinterpret_cast<const std::uint8_t*>(in.data());
  std::size_t left = in.size();
  BrotliDecoderResult rc = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (rc == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && out.size() <= kMaxPage) {
    const std::size_t had = out.size();
    std::size_t room = std::min<std::size_t>(256 * 1024, kMaxPage + 1 - had);
    out.resize(had + room);
    auto* to = reinterpret_cast<std::uint8_t*>(out.data() + had);
    rc = BrotliDecoderDecompressStream(state, &left, &from, &room, &to, nullptr);
    out.resize(out.size() - room);
  }
  BrotliDecoderDestroyInstance(state);
  return rc == BROTLI_DECODER_RESULT_SUCCESS;
}

}  // namespace

Result<HttpResponse> read_http(std::string_view bytes) {
  if (!bytes.starts_with("HTTP/")) return fail("no HTTP response");
  HttpResponse out;
  bool chunked = false;
  std::string encoding;
  std::size_t at = 0;
  bool first = true;
  while (true) {
    const std::size_t end = bytes.find('\n', at);
    if (end == bytes.npos || end > 256 * 1024) return fail("the HTTP header has no end");
    const std::string_view line = trim(bytes.substr(at, end - at));
    at = end + 1;
    if (line.empty()) break;
    if (first) {
      first = false;
      const std::size_t blank = line.find(' ');
      if (blank != line.npos)
        for (char c : line.substr(blank + 1, 3)) out.status = is_digit(c) ? out.status * 10 + (c - '0') : 0;
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == line.npos) continue;
    const std::string key = lower(trim(line.substr(0, colon)));
    const std::string value = lower(trim(line.substr(colon + 1)));
    if (key == "content-type") {
      out.content_type = trim(std::string_view(value).substr(0, value.find(';')));
      if (const auto set = value.find("charset="); set != value.npos) {
        out.charset = value.substr(set + 8);
        out.charset.resize(std::min(out.charset.size(), out.charset.find_first_of("; ,")));
        std::erase(out.charset, '"');
      }
    } else if (key == "transfer-encoding") {
      chunked = value.find("chunked") != value.npos;
    } else if (key == "content-encoding") {
      encoding = value;
    }
  }
  std::string_view body = bytes.substr(at);
  std::string joined;
  if (chunked) {
    // Crawlers often store the joined body under the old header: then it is taken as it stands.
    const bool whole = join_chunks(body, joined);
    if (whole || !joined.empty()) {
      body = joined;
      out.truncated = !whole;
    }
  }
  const bool gzip = body.starts_with("\x1F\x8B");
  if (gzip || encoding.find("gzip") != encoding.npos || encoding.find("deflate") != encoding.npos) {
    std::string inflated;
    bool whole = gzip ? inflate_all(body, 16 + MAX_WBITS, inflated) : inflate_all(body, MAX_WBITS, inflated);
    if (!gzip && inflated.empty()) whole = inflate_all(body, -MAX_WBITS, inflated);
    if (!inflated.empty()) {
      out.body = std::move(inflated);
      out.truncated = out.truncated || !whole;
    } else if (gzip) {
      return fail("the body is broken gzip data");
    } else {
      out.body = body;  // stored decoded under the old header
    }
  } else if (encoding.find("br") != encoding.npos) {
    std::string plain;
    const bool whole = unbrotli(body, plain);
    if (whole || plain.size() > kMaxPage) {
      out.body = std::move(plain);
    } else if (std::count(body.begin(), body.end(), '<') >= 3) {
      out.body = body;  // stored decoded under the old header
    } else if (!plain.empty()) {
      out.body = std::move(plain);
      out.truncated = true;
    } else {
      return fail("the body is broken brotli data");
    }
  } else {
    out.body = body;
  }
  if (out.body.size() > kMaxPage) {
    out.body.resize(kMaxPage);
    out.truncated = true;
  }
  return out;
}

}  // namespace annalist::source
