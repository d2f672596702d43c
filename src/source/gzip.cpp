// Gzip members one after the other, by Intel's ISA-L where it was there at build time (two to three times as
// fast), else by zlib.
#ifdef ANNALIST_ISAL
#include <isa-l/igzip_lib.h>
#else
#include <zlib.h>
#endif

#include <algorithm>

#include "source/packed.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMost = 1u << 30;  // bytes a library is given at a time

/// Inflates one gzip member at a time and checks its sum.
class Inflater {
 public:
  struct Step {
    std::ptrdiff_t read = 0;  // below zero: bytes given back
    std::size_t written = 0;
    bool ended = false, broken = false;
  };
#ifdef ANNALIST_ISAL
  Inflater() : state_(std::make_unique<inflate_state>()) {}
  bool begin() {
    isal_inflate_init(state_.get());
    state_->crc_flag = ISAL_GZIP;
    return true;
  }
  Step run(std::string_view in, char* to, std::size_t n) {
    in = in.substr(0, kMost);
    n = std::min(n, kMost);
    state_->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(in.data()));
    state_->avail_in = std::uint32_t(in.size());
    state_->next_out = reinterpret_cast<std::uint8_t*>(to);
    state_->avail_out = std::uint32_t(n);
    const int rc = isal_inflate(state_.get());
    // In broken data it may count past the end of the input: then what is left is below zero.
    const auto left = static_cast<std::int32_t>(state_->avail_in);
    const std::ptrdiff_t read = static_cast<std::ptrdiff_t>(in.size()) - std::ptrdiff_t{std::max(left, 0)};
    return {read, n - state_->avail_out, state_->block_state == ISAL_BLOCK_FINISH, rc < 0 || left < 0};
  }

 private:
  std::unique_ptr<inflate_state> state_;  // 150 KB
#else
  Inflater() = default;
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&state_); }
  bool begin() {
    inflateEnd(&state_);
    state_ = {};
    return inflateInit2(&state_, 16 + MAX_WBITS) == Z_OK;
  }
  Step run(std::string_view in, char* to, std::size_t n) {
    in = in.substr(0, kMost);
    n = std::min(n, kMost);
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    state_.avail_in = uInt(in.size());
    state_.next_out = reinterpret_cast<Bytef*>(to);
    state_.avail_out = uInt(n);
    const int rc = ::inflate(&state_, Z_NO_FLUSH);
    return {static_cast<std::ptrdiff_t>(in.size() - state_.avail_in), n - state_.avail_out,
            rc == Z_STREAM_END, rc != Z_OK && rc != Z_BUF_ERROR && rc != Z_STREAM_END};
  }

 private:
  z_stream state_{};
#endif
};

class GzipSource : public PackedSource {
 public:
  explicit GzipSource(std::unique_ptr<ByteSource> from) : PackedSource(std::move(from)) {}

  std::size_t read(char* to, std::size_t n) override {
    while (!gap_) {
      if (!open_ && !(open_ = find("\x1F\x8B\x08") && inflater_.begin())) return 0;
      const bool more = have(1);
      const Inflater::Step step = inflater_.run(rest(), to, n);
      use(step.read);
      if (step.ended)
        open_ = false;
      else if (step.broken)
        break_off("broken gzip data");
      else if (step.written == 0 && !more)
        break_off("gzip data ends too early");
      if (step.written > 0) return step.written;
    }
    return 0;
  }

 private:
  Inflater inflater_;
};

}  // namespace

std::unique_ptr<ByteSource> inflate_gzip(std::unique_ptr<ByteSource> from) {
  return std::make_unique<GzipSource>(std::move(from));
}

}  // namespace annalist::source
