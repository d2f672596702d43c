// Bytes from a file, standard input or memory, plain, gzip or zstd, as one forward-only buffered stream.
//
// A stream may have gaps: places where compressed data is broken. Reading stops in front of a gap as at the
// end; gap() says why, and resume() goes on behind it. One owner, one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace annalist::source {

/// Where bytes come from. An interface, because files, memory and inflated data differ only here.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Up to `n` bytes into `to`; 0 at the end or in front of a gap.
  virtual std::size_t read(char* to, std::size_t n) = 0;
  /// What is broken, if reading stopped because of it. Reading goes on behind it after resume().
  virtual std::optional<std::string> gap() const { return std::nullopt; }
  virtual void resume() {}
};

/// `count`, if given, is raised by every byte read and must outlive the source.
Result<std::unique_ptr<ByteSource>> open_file(const std::string& path, std::uint64_t* count = nullptr);
std::unique_ptr<ByteSource> open_stdin();
/// The bytes must outlive the source.
std::unique_ptr<ByteSource> open_memory(std::string_view bytes);
/// Inflates any number of gzip members one after the other. A broken member is a gap; the next member is
/// looked for behind it.
std::unique_ptr<ByteSource> inflate_gzip(std::unique_ptr<ByteSource> from);
/// The same for zstd frames; the dictionary of a .warc.zst (a skippable frame at the head) is used. Windows
/// over 128 MiB are refused.
std::unique_ptr<ByteSource> inflate_zstd(std::unique_ptr<ByteSource> from);

class Input {
 public:
  explicit Input(std::unique_ptr<ByteSource> from) : from_(std::move(from)) {}

  /// At least min(n, what is left) bytes without moving; valid until the next call.
  std::string_view peek(std::size_t n);
  void skip(std::size_t n);
  bool at_end() { return peek(1).empty(); }
  /// Reads a line without its end. False at the end. A line over `cap` bytes is skipped and `*too_long` set.
  bool line(std::string& out, std::size_t cap, bool* too_long);
  /// Bytes skipped so far.
  std::uint64_t offset() const { return offset_; }
  std::optional<std::string> gap() const { return from_->gap(); }
  void resume() { from_->resume(); }
  /// Replaces the source by its inflated form if it begins like gzip or zstd; only before anything was
  /// skipped.
  void inflate();

 private:
  std::unique_ptr<ByteSource> from_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t offset_ = 0;
};

}  // namespace annalist::source
