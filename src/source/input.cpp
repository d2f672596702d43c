#include "source/input.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace annalist::source {

namespace {

constexpr std::size_t kStep = 64 * 1024;

class FileSource : public ByteSource {
 public:
  FileSource(std::FILE* file, bool owned, std::uint64_t* count = nullptr)
      : file_(file), owned_(owned), count_(count) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override {
    if (owned_) std::fclose(file_);
  }
  std::size_t read(char* to, std::size_t n) override {
    const std::size_t got = std::fread(to, 1, n, file_);
    if (count_) *count_ += got;
    return got;
  }

 private:
  std::FILE* file_;
  bool owned_;
  std::uint64_t* count_;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read(char* to, std::size_t n) override {
    n = std::min(n, bytes_.size());
    if (n > 0) std::memcpy(to, bytes_.data(), n);
    bytes_.remove_prefix(n);
    return n;
  }

 private:
  std::string_view bytes_;
};

/// Bytes that were already taken from a source, then the source.
class JoinedSource : public ByteSource {
 public:
  JoinedSource(std::string head, std::unique_ptr<ByteSource> tail)
      : head_(std::move(head)), tail_(std::move(tail)) {}
  std::size_t read(char* to, std::size_t n) override {
    if (at_ >= head_.size()) return tail_->read(to, n);
    n = std::min(n, head_.size() - at_);
    std::memcpy(to, head_.data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::string head_;
  std::size_t at_ = 0;
  std::unique_ptr<ByteSource> tail_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file(const std::string& path, std::uint64_t* count) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return fail(std::string("cannot be opened: ") + std::strerror(errno), path);
  return std::make_unique<FileSource>(file, true, count);
}

std::unique_ptr<ByteSource> open_stdin() { return std::make_unique<FileSource>(stdin, false); }

std::unique_ptr<ByteSource> open_memory(std::string_view bytes) {
  return std::make_unique<MemorySource>(bytes);
}

std::string_view Input::peek(std::size_t n) {
  while (buffer_.size() - at_ < n) {
    if (at_ > kStep && at_ * 2 > buffer_.size()) {
      buffer_.erase(0, at_);
      at_ = 0;
    }
    const std::size_t had = buffer_.size();
    const std::size_t want = std::max(kStep, std::min<std::size_t>(n - (had - at_), 1u << 20));
    std::size_t got = 0;
    buffer_.resize_and_overwrite(had + want,
                                 [&](char* bytes, std::size_t) {  // without filling it with zeros first
                                   got = from_->read(bytes + had, want);
                                   return had + got;
                                 });
    if (got == 0) break;
  }
  return std::string_view(buffer_).substr(at_);
}

void Input::skip(std::size_t n) {
  while (n > 0) {
    const std::size_t have = std::min(n, peek(1).size());
    if (have == 0) return;
    at_ += have;
    offset_ += have;
    n -= have;
  }
}

bool Input::line(std::string& out, std::size_t cap, bool* too_long) {
  out.clear();
  *too_long = false;
  std::size_t searched = 0;
  for (std::size_t want = 1;; want = searched + 1) {
    const std::string_view have = peek(want);
    const std::size_t end = have.find('\n', searched);
    if (end != have.npos) {
      if (!*too_long) out.assign(have.substr(0, end));
      skip(end + 1);
      if (!out.empty() && out.back() == '\r') out.pop_back();
      return true;
    }
    if (have.size() == searched) {  // the last line has no end
      if (!*too_long) out.assign(have);
      skip(have.size());
      return searched > 0 || *too_long;
    }
    searched = have.size();
    if (searched > cap) {
      *too_long = true;
      skip(searched);
      searched = 0;
    }
  }
}

void Input::inflate() {
  const std::string_view head = peek(4);
  const bool gzip = head.starts_with("\x1F\x8B\x08");
  const bool zstd = head.starts_with("\x28\xB5\x2F\xFD") || head.substr(0, 4) == "\x5D\x2A\x4D\x18";
  if (!gzip && !zstd) return;
  auto joined = std::make_unique<JoinedSource>(buffer_.substr(at_), std::move(from_));
  from_ = gzip ? inflate_gzip(std::move(joined)) : inflate_zstd(std::move(joined));
  buffer_.clear();
  at_ = 0;
}

}  // namespace annalist::source
