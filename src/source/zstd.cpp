// Zstandard frames, with the dictionary that archives of the Internet Archive put in front.
#include <zstd.h>

#include <algorithm>
#include <cstring>

#include "source/packed.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMaxDictionary = 64u << 20;
constexpr std::string_view kFrame = "\x28\xB5\x2F\xFD";
constexpr std::string_view kDictionaryFrame = "\x5D\x2A\x4D\x18";

class ZstdSource : public PackedSource {
 public:
  explicit ZstdSource(std::unique_ptr<ByteSource> from)
      : PackedSource(std::move(from)), state_(ZSTD_createDCtx()) {
    ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, 27);
  }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;
  ~ZstdSource() override { ZSTD_freeDCtx(state_); }

  std::size_t read(char* to, std::size_t n) override {
    while (!gap_) {
      if (!started_) {
        started_ = true;
        read_dictionary();
        if (gap_) break;
      }
      if (!open_ && !find_frame()) return 0;
      ZSTD_outBuffer out{to, n, 0};
      const bool more = have(1);
      ZSTD_inBuffer in{rest().data(), rest().size(), 0};
      const std::size_t rc = ZSTD_decompressStream(state_, &out, &in);
      use(std::ptrdiff_t(in.pos));
      if (ZSTD_isError(rc)) {
        break_off(std::string("broken zstd data: ") + ZSTD_getErrorName(rc));
        // Behind the magic of the broken frame, so that the search does not find it again.
        if (in.pos == 0) use(rest().empty() ? 0 : 1);
      } else if (rc == 0) {
        open_ = false;
      } else if (out.pos == 0 && !more) {
        break_off("zstd data ends too early");
      }
      if (out.pos > 0) return out.pos;
    }
    return 0;
  }

 private:
  void read_dictionary() {
    if (!have(8) || !rest().starts_with(kDictionaryFrame)) return;
    std::uint32_t size = 0;
    for (int i = 3; i >= 0; --i) size = size << 8 | static_cast<unsigned char>(rest()[4 + std::size_t(i)]);
    if (size > kMaxDictionary || !have(8 + std::size_t(size))) {
      gap_ = "the dictionary of the zstd archive is cut or larger than 64 MiB";
      return;
    }
    std::string dictionary(rest().substr(8, size));
    use(8 + std::ptrdiff_t(size));
    if (dictionary.starts_with(kFrame)) {
      std::string plain(kMaxDictionary, '\0');
      const std::size_t got =
          ZSTD_decompress(plain.data(), plain.size(), dictionary.data(), dictionary.size());
      if (ZSTD_isError(got)) {
        gap_ = "the dictionary of the zstd archive is broken";
        return;
      }
      plain.resize(got);
      dictionary = std::move(plain);
    }
    ZSTD_DCtx_loadDictionary(state_, dictionary.data(), dictionary.size());
  }

  /// Finds the next frame and starts it.
  bool find_frame() {
    if (!find(kFrame)) return false;
    ZSTD_DCtx_reset(state_, ZSTD_reset_session_only);
    return open_ = true;
  }

  ZSTD_DCtx* state_;
  bool started_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> inflate_zstd(std::unique_ptr<ByteSource> from) {
  return std::make_unique<ZstdSource>(std::move(from));
}

}  // namespace annalist::source
