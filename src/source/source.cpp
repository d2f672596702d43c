#include "source/source.h"

#include <algorithm>
#include <filesystem>

#include "base/sha256.h"
#include "base/strings.h"
#include "source/input.h"

namespace annalist {

namespace source {

namespace {

class PageReader : public RecordReader {
 public:
  PageReader(std::unique_ptr<Input> input, std::string name, RawPage::Form form)
      : input_(std::move(input)), name_(std::move(name)), form_(form) {}

  std::optional<Result<RawPage>> next() override {
    if (done_) return std::nullopt;
    done_ = true;
    RawPage page;
    const std::string_view bytes = input_->peek(kMaxPage + 1);
    page.bytes = bytes.substr(0, kMaxPage);
    page.truncated = bytes.size() > kMaxPage || input_->gap().has_value();
    page.origin = name_;
    page.form = form_;
    return page;
  }

 private:
  std::unique_ptr<Input> input_;
  std::string name_;
  RawPage::Form form_;
  bool done_ = false;
};

bool known_type(const std::string& name) {
  for (std::string_view end :
       {".html", ".htm", ".xhtml", ".txt", ".json", ".jsonl", ".ndjson", ".warc", ".rss", ".atom", ".xml"})
    if (name.ends_with(end) || name.ends_with(std::string(end) + ".gz")) return true;
  return false;
}

bool is_feed(std::string_view head) {
  return head.find("<rss") != head.npos || head.find("<rdf:RDF") != head.npos ||
         (head.find("<feed") != head.npos && head.find("http://www.w3.org/2005/Atom") != head.npos);
}

}  // namespace

std::unique_ptr<RecordReader> read_page(std::unique_ptr<Input> input, std::string name, RawPage::Form form) {
  return std::make_unique<PageReader>(std::move(input), std::move(name), form);
}

std::unique_ptr<RecordReader> read_any(std::unique_ptr<Input> input, const std::string& name,
                                       const std::string& folder) {
  if (input->peek(3).starts_with("\x1F\x8B\x08")) input->inflate();
  std::string kind = lower(name);
  if (kind.ends_with(".gz")) kind.resize(kind.size() - 3);
  if (kind.ends_with(".jsonl") || kind.ends_with(".ndjson"))
    return read_jsonl(std::move(input), name, folder);
  if (kind.ends_with(".json")) return read_json(std::move(input), name, folder);
  if (kind.ends_with(".warc")) return read_warc(std::move(input), name);
  if (kind.ends_with(".html") || kind.ends_with(".htm") || kind.ends_with(".xhtml"))
    return read_page(std::move(input), name, RawPage::Form::html);
  if (kind.ends_with(".txt")) return read_page(std::move(input), name, RawPage::Form::text);
  const std::string_view head = input->peek(4096).substr(0, 4096);
  if (head.starts_with("WARC/")) return read_warc(std::move(input), name);
  if (is_feed(head)) return read_feed(std::move(input), name);
  const std::size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != head.npos && head[first] == '{') {
    // A record a line, unless the first line is only the beginning of one object.
    const std::string_view line = trim(head.substr(first, head.find('\n', first) - first));
    const bool whole = line.ends_with('}') || head.find('\n', first) == head.npos;
    return whole ? read_jsonl(std::move(input), name, folder) : read_json(std::move(input), name, folder);
  }
  if (first != head.npos && head[first] == '[' && head.find('{', first) != head.npos &&
      trim(head.substr(first + 1)).starts_with('{'))
    return read_json(std::move(input), name, folder);
  return read_page(std::move(input), name, RawPage::Form::unknown);
}

void give_id(RawPage& page) {
  if (page.id.empty()) page.id = hex(sha256(page.bytes), 16);
}

}  // namespace source

namespace fs = std::filesystem;

Source::Source(std::vector<std::string> paths) : paths_(std::move(paths)) {
  std::reverse(paths_.begin(), paths_.end());
}
Source::~Source() = default;
Source::Source(Source&&) noexcept = default;
Source& Source::operator=(Source&&) noexcept = default;

std::optional<Error> Source::open(const std::string& path) {
  using namespace source;
  if (path == "-") {
    reader_ = read_any(std::make_unique<Input>(open_stdin()), "-", ".");
    return std::nullopt;
  }
  std::error_code failed;
  if (fs::is_directory(path, failed)) {
    std::vector<std::string> inside;
    fs::directory_iterator entries(path, failed);
    if (failed) return Error{"folder cannot be read: " + failed.message(), path, ""};
    for (; entries != fs::directory_iterator(); entries.increment(failed)) {
      if (failed) return Error{"folder cannot be read: " + failed.message(), path, ""};
      const fs::directory_entry& entry = *entries;
      std::error_code ignored;
      // Links to folders are not followed: they can lead in a circle.
      const bool folder = entry.is_directory(ignored) && !entry.is_symlink(ignored);
      if (folder || (entry.is_regular_file(ignored) && known_type(lower(entry.path().filename().string()))))
        inside.push_back(entry.path().string());
    }
    std::sort(inside.rbegin(), inside.rend());
    paths_.insert(paths_.end(), inside.begin(), inside.end());
    return std::nullopt;
  }
  auto file = open_file(path);
  if (!file) return file.error();
  reader_ = read_any(std::make_unique<Input>(std::move(*file)), path, fs::path(path).parent_path().string());
  return std::nullopt;
}

std::optional<Result<RawPage>> Source::next() {
  while (true) {
    if (reader_) {
      if (auto item = reader_->next()) {
        if (*item) source::give_id(**item);
        return item;
      }
      reader_.reset();
    }
    if (paths_.empty()) return std::nullopt;
    const std::string path = std::move(paths_.back());
    paths_.pop_back();
    if (auto error = open(path)) return std::unexpected(std::move(*error));
  }
}

std::vector<Result<RawPage>> read_pages(std::string_view bytes, const std::string& name) {
  const auto reader =
      source::read_any(std::make_unique<source::Input>(source::open_memory(bytes)), name, ".");
  std::vector<Result<RawPage>> out;
  while (auto item = reader->next()) {
    if (*item) source::give_id(**item);
    out.push_back(std::move(*item));
  }
  return out;
}

}  // namespace annalist
