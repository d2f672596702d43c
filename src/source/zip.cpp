#include "source/zip.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>

namespace annalist::source {

namespace {

std::uint32_t little(std::string_view s, std::size_t at, std::size_t bytes) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < bytes && at + i < s.size(); ++i)
    out |= std::uint32_t(static_cast<unsigned char>(s[at + i])) << (8 * i);
  return out;
}

Result<std::string> inflate_raw(std::string_view in, std::size_t cap) {
  z_stream state{};
  if (inflateInit2(&state, -MAX_WBITS) != Z_OK) return fail("out of memory");
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  state.avail_in = uInt(in.size());
  std::string out;
  int rc = Z_OK;
  while (rc == Z_OK && out.size() <= cap) {
    const std::size_t had = out.size();
    out.resize(had + std::min<std::size_t>(1u << 20, cap + 1 - had));
    state.next_out = reinterpret_cast<Bytef*>(out.data() + had);
    state.avail_out = uInt(out.size() - had);
    rc = ::inflate(&state, Z_NO_FLUSH);
    out.resize(out.size() - state.avail_out);
  }
  inflateEnd(&state);
  if (out.size() > cap) return fail("the member is larger than " + std::to_string(cap) + " bytes");
  if (rc != Z_STREAM_END) return fail("the member is broken or cut");
  return out;
}

}  // namespace

bool is_compound_file(std::string_view bytes) {
  return bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}

Result<std::string> zip_member(std::string_view archive, std::string_view name, std::size_t cap) {
  if (!archive.starts_with("PK\x03\x04")) return fail("no zip archive");
  // The end record stands in the last 64 KiB; the directory it points to names the members.
  const std::size_t end = archive.rfind("PK\x05\x06");
  if (end == archive.npos || end + 22 > archive.size())
    return fail("the zip archive is cut: it has no directory");
  std::size_t at = little(archive, end + 16, 4);
  const std::uint32_t members = little(archive, end + 10, 2);
  for (std::uint32_t i = 0; i < members; ++i) {
    if (at + 46 > archive.size() || archive.substr(at, 4) != "PK\x01\x02")
      return fail("the zip directory is broken");
    const std::size_t name_bytes = little(archive, at + 28, 2);
    const std::size_t next = at + 46 + name_bytes + little(archive, at + 30, 2) + little(archive, at + 32, 2);
    if (archive.substr(at + 46, name_bytes) != name) {
      at = next;
      continue;
    }
    if (little(archive, at + 8, 2) & 1) return fail("the member is encrypted", {}, "remove the password");
    const std::uint32_t method = little(archive, at + 10, 2);
    const std::size_t packed = little(archive, at + 20, 4), local = little(archive, at + 42, 4);
    if (local + 30 > archive.size() || archive.substr(local, 4) != "PK\x03\x04")
      return fail("the zip directory is broken");
    const std::size_t data = local + 30 + little(archive, local + 26, 2) + little(archive, local + 28, 2);
    if (data > archive.size() || packed > archive.size() - data) return fail("the zip archive is cut");
    const std::string_view bytes = archive.substr(data, packed);
    if (method == 8) return inflate_raw(bytes, cap);
    if (method != 0) return fail("the member is packed by method " + std::to_string(method));
    if (bytes.size() > cap) return fail("the member is larger than " + std::to_string(cap) + " bytes");
    return std::string(bytes);
  }
  return fail("the archive holds no " + std::string(name));
}

}  // namespace annalist::source
