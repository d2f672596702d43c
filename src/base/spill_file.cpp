#include "base/spill_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace annalist {
namespace {

constexpr std::size_t kBuffer = std::size_t(1) << 20;

}  // namespace

SpillFile::~SpillFile() {
  if (mapped_) ::munmap(const_cast<char*>(mapped_), size_);
  if (fd_ >= 0) ::close(fd_);
}

void SpillFile::swap(SpillFile& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(buffer_, other.buffer_);
  std::swap(folder_, other.folder_);
  std::swap(size_, other.size_);
  std::swap(mapped_, other.mapped_);
}

Result<SpillFile> SpillFile::create(const std::string& beside) {
  const auto slash = beside.rfind('/');
  SpillFile file;
  file.folder_ = slash == std::string::npos ? "." : beside.substr(0, slash + 1);
  std::string name = file.folder_ + "/.annalist-spill-XXXXXX";
  file.fd_ = ::mkstemp(name.data());
  if (file.fd_ < 0) return fail(std::strerror(errno), file.folder_, "is the folder writable?");
  ::unlink(name.c_str());
  return file;
}

Status SpillFile::append(std::string_view bytes) {
  buffer_ += bytes;
  size_ += bytes.size();
  return buffer_.size() < kBuffer ? Status() : flush();
}

Status SpillFile::flush() {
  for (std::size_t at = 0; at < buffer_.size();) {
    const ssize_t n = ::write(fd_, buffer_.data() + at, buffer_.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return fail(std::strerror(errno), folder_, "is the disk full?");
    at += static_cast<std::size_t>(n);
  }
  buffer_.clear();
  return {};
}

Result<std::string_view> SpillFile::map() {
  if (auto written = flush(); !written) return std::unexpected(written.error());
  if (size_ == 0) return std::string_view();
  if (!mapped_) {
    void* at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd_, 0);
    if (at == MAP_FAILED) return fail(std::strerror(errno), folder_);
    mapped_ = static_cast<const char*>(at);
  }
  return std::string_view(mapped_, size_);
}

}  // namespace annalist
