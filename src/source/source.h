// Inputs -> raw pages, one at a time: HTML and text files, JSON, JSONL, WARC, feeds, folders, standard input,
// each also gzipped. Archives are streamed, never loaded whole.
//
// What cannot be read is a value, not the end: next() gives an Error that names input and place, and the
// following call goes on with the rest. Not thread-safe; one owner.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/raw_page.h"

namespace annalist {

namespace source {
class Input;

/// Largest page that is delivered; longer ones are an Error (in archives) or cut (`truncated`).
inline constexpr std::size_t kMaxPage = 32u << 20;

/// Reads the records of one input. An interface of this folder: one implementation a format.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  /// The next page or what is wrong with it; nothing at the end.
  virtual std::optional<Result<RawPage>> next() = 0;
};

std::unique_ptr<RecordReader> read_jsonl(std::unique_ptr<Input> input, std::string name, std::string folder);
std::unique_ptr<RecordReader> read_json(std::unique_ptr<Input> input, std::string name, std::string folder);
std::unique_ptr<RecordReader> read_warc(std::unique_ptr<Input> input, std::string name);
std::unique_ptr<RecordReader> read_feed(std::unique_ptr<Input> input, std::string name);
std::unique_ptr<RecordReader> read_page(std::unique_ptr<Input> input, std::string name, RawPage::Form form);

/// The format by name (".jsonl", ".warc.gz" ...), else by the first bytes. `folder`: where "path" of a JSON
/// record begins.
std::unique_ptr<RecordReader> read_any(std::unique_ptr<Input> input, const std::string& name,
                                       const std::string& folder);

/// Fills the id where the input gave none.
void give_id(RawPage& page);
}  // namespace source

class Source {
 public:
  /// Files, folders (recursive, in order of name, only known file types) and "-" for standard input.
  explicit Source(std::vector<std::string> paths);
  ~Source();
  Source(Source&&) noexcept;
  Source& operator=(Source&&) noexcept;

  /// The next page; an Error for an input or a record that cannot be read; nothing at the end. Every page
  /// has an id and an origin.
  std::optional<Result<RawPage>> next();

 private:
  std::optional<Error> open(const std::string& path);
  std::vector<std::string> paths_;  // still to read, the next one last
  std::unique_ptr<source::RecordReader> reader_;
};

/// The pages of bytes in memory, the format taken from `name` or the bytes. For tests and fuzzing.
std::vector<Result<RawPage>> read_pages(std::string_view bytes, const std::string& name);

}  // namespace annalist
