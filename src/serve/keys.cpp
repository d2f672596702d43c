#include "serve/keys.h"

#include <algorithm>
#include <array>
#include <random>

#include "base/file.h"
#include "base/sha256.h"
#include "base/strings.h"

namespace annalist::serve {
namespace {

struct Named {
  std::string_view name;
  unsigned bit;
};
constexpr std::array<Named, 4> kScopes = {
    {{"read", kRead}, {"ingest", kIngest}, {"review", kReview}, {"admin", kAdmin}}};

}  // namespace

Result<unsigned> parse_scopes(std::string_view list) {
  unsigned out = 0;
  for (std::string_view name : split_list(list, ',')) {
    const auto it = std::ranges::find(kScopes, name, &Named::name);
    if (it == kScopes.end())
      return fail("unknown scope '" + std::string(name) + "'", {}, "read, ingest, review, admin");
    out |= it->bit;
  }
  if (!out) return fail("no scope given", {}, "read, ingest, review, admin, joined by commas");
  return out;
}

std::string scope_names(unsigned scopes) {
  std::string out;
  for (const Named& s : kScopes)
    if (scopes & s.bit) out.append(out.empty() ? "" : ",").append(s.name);
  return out;
}

Result<KeyRing> KeyRing::load(const std::string& path) {
  KeyRing ring;
  const auto there = MappedFile::open(path);
  if (!there) return ring;
  int number = 0;
  for (std::string_view line : split(there->bytes(), '\n')) {
    ++number;
    line = trim(line);
    if (line.empty() || line.front() == '#') continue;
    const auto parts = split(line, '\t');
    const auto scopes = parts.size() == 4 ? parse_scopes(parts[2]) : Result<unsigned>(0U);
    if (parts.size() != 4 || parts[0].size() != 64 || !scopes)
      return fail("not a key line", path + ":" + std::to_string(number),
                  "hash, name, scopes, day, with tabs between");
    ring.keys_.push_back({std::string(parts[0]), std::string(parts[1]), std::string(parts[3]), *scopes});
  }
  return ring;
}

Status KeyRing::save(const std::string& path) const {
  std::string out =
      "# Keys of `annalist serve`: SHA-256 of the key, name, scopes, day made. `annalist key` writes this "
      "file.\n";
  for (const Key& k : keys_)
    out += k.hash + "\t" + k.name + "\t" + scope_names(k.scopes) + "\t" + k.made + "\n";
  return write_file(path, out);
}

Result<std::string> KeyRing::add(std::string_view name, unsigned scopes, std::string_view made) {
  if (name.empty() || name.find_first_of("\t\n\r") != std::string_view::npos)
    return fail("a key needs a name without tabs");
  if (std::ranges::find(keys_, name, &Key::name) != keys_.end())
    return fail("there is a key of that name", std::string(name), "remove it first, or take another name");
  std::random_device random;
  std::string bytes;
  for (int i = 0; i < 8; ++i)
    for (unsigned v = random(), b = 0; b < 4; ++b, v >>= 8) bytes += char(v & 255);
  constexpr char kHex[] = "0123456789abcdef";
  std::string key = "ann_";
  for (const char c : bytes) key += {kHex[(c >> 4) & 15], kHex[c & 15]};
  keys_.push_back({hex(sha256(key)), std::string(name), std::string(made), scopes});
  return key;
}

bool KeyRing::remove(std::string_view name) {
  return std::erase_if(keys_, [&](const Key& k) { return k.name == name; }) > 0;
}

const Key* KeyRing::find(std::string_view presented) const {
  const std::string hash = hex(sha256(presented));
  const Key* found = nullptr;
  for (const Key& k : keys_) {
    unsigned differ = 0;
    for (std::size_t i = 0; i < hash.size(); ++i) differ |= unsigned(hash[i] ^ k.hash[i]);
    if (!differ) found = &k;
  }
  return found;
}

double RateLimit::take(std::string_view caller, std::chrono::steady_clock::time_point now) {
  const std::scoped_lock guard(lock_);
  if (buckets_.size() > 10000)  // forget those that are full again
    std::erase_if(buckets_, [&](const auto& b) {
      return b.second.tokens + std::chrono::duration<double>(now - b.second.at).count() * rate_ >= burst_;
    });
  auto [it, fresh] = buckets_.try_emplace(std::string(caller), Bucket{burst_, now});
  Bucket& b = it->second;
  b.tokens = std::min(burst_, b.tokens + std::chrono::duration<double>(now - b.at).count() * rate_);
  b.at = now;
  if (b.tokens < 1) return (1 - b.tokens) / rate_;
  b.tokens -= 1;
  return 0;
}

}  // namespace annalist::serve
