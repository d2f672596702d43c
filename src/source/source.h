// Inputs -> raw pages, one at a time: HTML, MHTML and text files, JSON, JSONL, CSV, WARC, ARC, feeds, news
// sitemaps, exports of Factiva, Nexis and PETRARCH, Word files, folders, patterns, standard input, each also
// packed by gzip or zstd. Archives are streamed, never loaded whole.
//
// What cannot be read is a value, not the end: next() gives an Error that names input and place, and the
// following call goes on with the rest. Not thread-safe; one owner.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "doc/raw_page.h"

namespace annalist {

/// What the caller knows of the inputs.
struct SourceOptions {
  /// "html", "text", "json", "jsonl", "csv", "tsv", "warc", "arc", "feed", "sitemap", "mhtml", "factiva",
  /// "nexis", "docx", "petrarch"; empty: found out.
  std::string form;
  /// Columns of CSV: field ("text") and name ("Body").
  std::vector<std::pair<std::string, std::string>> columns;
};
/// Whether `form` is one of the names above.
bool is_source_form(std::string_view form);

namespace source {
class Input;

/// Largest page that is delivered; longer ones are an Error (in archives) or cut (`truncated`).
inline constexpr std::size_t kMaxPage = 32u << 20;

/// As the folder of "path" in JSON records: none may be read. For input that others send.
inline constexpr const char* kNoFiles = "//no files";

/// Reads the records of one input. An interface of this folder: one implementation a format.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  /// The next page or what is wrong with it; nothing at the end.
  virtual std::optional<Result<RawPage>> next() = 0;
};

/// Field ("text", "date" ...) and the column that holds it.
using ColumnNames = std::vector<std::pair<std::string, std::string>>;

std::unique_ptr<RecordReader> read_jsonl(std::unique_ptr<Input> input, std::string name, std::string folder);
std::unique_ptr<RecordReader> read_json(std::unique_ptr<Input> input, std::string name, std::string folder);
/// `separator` 0: the mark that divides the header.
std::unique_ptr<RecordReader> read_csv(std::unique_ptr<Input> input, std::string name, char separator,
                                       ColumnNames columns);
std::unique_ptr<RecordReader> read_warc(std::unique_ptr<Input> input, std::string name);
std::unique_ptr<RecordReader> read_arc(std::unique_ptr<Input> input, std::string name);
std::unique_ptr<RecordReader> read_feed(std::unique_ptr<Input> input, std::string name);
std::unique_ptr<RecordReader> read_sitemap(std::unique_ptr<Input> input, std::string name);
std::unique_ptr<RecordReader> read_mhtml(std::unique_ptr<Input> input, std::string name);
std::unique_ptr<RecordReader> read_factiva(std::unique_ptr<Input> input, std::string name, bool html);
std::unique_ptr<RecordReader> read_nexis(std::unique_ptr<Input> input, std::string name);
/// The first bytes hold the head of a Nexis document.
bool looks_like_nexis(std::string_view head);
std::unique_ptr<RecordReader> open_docx(std::unique_ptr<Input> input, std::string name);
std::unique_ptr<RecordReader> read_petrarch(std::unique_ptr<Input> input, std::string name);
std::unique_ptr<RecordReader> read_page(std::unique_ptr<Input> input, std::string name, RawPage::Form form);

/// The format by what the caller says, by name (".jsonl", ".warc.gz" ...), else by the first bytes. `folder`:
/// where "path" of a JSON record begins.
std::unique_ptr<RecordReader> read_any(std::unique_ptr<Input> input, const std::string& name,
                                       const std::string& folder, const SourceOptions& options);

/// Fills the id where the input gave none.
void give_id(RawPage& page);
}  // namespace source

class Source {
 public:
  /// Files, folders (recursive, in order of name, only known file types), patterns ("news/*.html"; only where
  /// no file has that name) and "-" for standard input.
  explicit Source(std::vector<std::string> paths, SourceOptions options = {});
  ~Source();
  Source(Source&&) noexcept;
  Source& operator=(Source&&) noexcept;

  /// The next page; an Error for an input or a record that cannot be read; nothing at the end. Every page
  /// has an id and an origin.
  std::optional<Result<RawPage>> next();

  /// Bytes read from files so far, as they lie on disk.
  std::uint64_t bytes_read() const { return *bytes_read_; }

 private:
  std::optional<Error> open(const std::string& path);
  std::vector<std::string> paths_;  // still to read, the next one last
  SourceOptions options_;
  std::unique_ptr<std::uint64_t> bytes_read_ =
      std::make_unique<std::uint64_t>(0);  // before the reader that counts
  std::unique_ptr<source::RecordReader> reader_;
};

/// The size of all files that a Source of these paths would read; 0 where that cannot be said (standard
/// input).
std::uint64_t input_bytes(const std::vector<std::string>& paths);

/// The pages of bytes in memory, the format taken from `name` or the bytes; records may not name files.
/// For tests and fuzzing.
std::vector<Result<RawPage>> read_pages(std::string_view bytes, const std::string& name,
                                        const SourceOptions& options = {});

}  // namespace annalist
