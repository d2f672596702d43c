#include "source/source.h"

#include <glob.h>

#include <algorithm>
#include <filesystem>

#include "base/sha256.h"
#include "base/strings.h"
#include "source/input.h"
#include "source/zip.h"

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

constexpr std::string_view kForms[] = {"html",  "text",    "json",  "jsonl", "csv",
                                       "tsv",   "warc",    "arc",   "feed",  "sitemap",
                                       "mhtml", "factiva", "nexis", "docx",  "petrarch"};
/// File types and the form they stand for; "xml" stands for several.
constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".html", "html"},   {".htm", "html"},     {".xhtml", "html"}, {".txt", "text"},  {".json", "json"},
    {".jsonl", "jsonl"}, {".ndjson", "jsonl"}, {".csv", "csv"},    {".tsv", "tsv"},   {".tab", "tsv"},
    {".warc", "warc"},   {".arc", "arc"},      {".rss", "feed"},   {".atom", "feed"}, {".mht", "mhtml"},
    {".mhtml", "mhtml"}, {".docx", "docx"},    {".xml", ""}};

/// The form by the name of a file, without ".gz" or ".zst"; nothing for an unknown type.
std::optional<std::string_view> form_by_name(std::string_view name) {
  for (std::string_view packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.remove_suffix(packed.size());
  for (const auto& [end, form] : kTypes)
    if (name.ends_with(end)) return form;
  return std::nullopt;
}

bool is_feed(std::string_view head) {
  return head.find("<rss") != head.npos || head.find("<rdf:RDF") != head.npos ||
         (head.find("<feed") != head.npos && head.find("http://www.w3.org/2005/Atom") != head.npos);
}

/// A record a line, unless the first line is only the beginning of one object.
std::string_view json_form(std::string_view head) {
  const std::size_t first = head.find('{');
  if (head.substr(0, 1000).find("jsonfeed.org/version") != head.npos) return "json";
  const std::string_view line = trim(head.substr(first, head.find('\n', first) - first));
  return line.ends_with('}') || head.find('\n', first) == head.npos ? "jsonl" : "json";
}

/// The form by the first bytes; empty for a page whose form the page reader finds out.
std::string_view form_by_bytes(std::string_view head) {
  if (head.starts_with("WARC/")) return "warc";
  if (head.starts_with("filedesc://")) return "arc";
  if (head.starts_with("PK\x03\x04") && head.find("[Content_Types].xml") != head.npos) return "docx";
  if (head.starts_with("PK\x03\x04") && head.find("word/") != head.npos) return "docx";
  if (is_compound_file(head)) return "docx";
  if (head.find("<ppsarticle") != head.npos || head.find("<PPSResponse") != head.npos) return "factiva";
  if (head.find("<Sentences") != head.npos || head.find("<Sentence ") != head.npos) return "petrarch";
  if (head.find("<urlset") != head.npos || head.find("<sitemapindex") != head.npos) return "sitemap";
  if (is_feed(head)) return "feed";
  if (head.find("MIME-Version:") != head.npos && head.find("multipart/related") != head.npos) return "mhtml";
  if (looks_like_nexis(head)) return "nexis";
  const std::size_t first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != head.npos && head[first] == '{') return json_form(head);
  if (first != head.npos && head[first] == '[' && trim(head.substr(first + 1)).starts_with('{'))
    return "json";
  return "";
}

/// An archive in a packing that is not read: said once, not delivered as a page.
class Refusal : public RecordReader {
 public:
  Refusal(std::string what, std::string name) : what_(std::move(what)), name_(std::move(name)) {}
  std::optional<Result<RawPage>> next() override {
    if (said_) return std::nullopt;
    said_ = true;
    return fail(what_, name_, "unpack it first");
  }

 private:
  std::string what_, name_;
  bool said_ = false;
};

bool is_factiva_page(std::string_view head) {
  return head.find("<title>Factiva</title>") != head.npos ||
         head.find("<title>Dow Jones Factiva") != head.npos;
}

}  // namespace

std::unique_ptr<RecordReader> read_page(std::unique_ptr<Input> input, std::string name, RawPage::Form form) {
  return std::make_unique<PageReader>(std::move(input), std::move(name), form);
}

std::unique_ptr<RecordReader> read_any(std::unique_ptr<Input> input, const std::string& name,
                                       const std::string& folder, const SourceOptions& options) {
  input->inflate();
  std::string form = options.form;
  if (form.empty()) form = form_by_name(lower(name)).value_or("");
  const std::string_view head = input->peek(8192).substr(0, 8192);
  if (form.empty()) form = form_by_bytes(head);
  for (const auto& [magic, packing] : {std::pair<std::string_view, const char*>{"\x04\x22\x4D\x18", "lz4"},
                                       {"\xFD"
                                        "7zXZ",
                                        "xz"},
                                       {"BZh", "bzip2"}})
    if (head.starts_with(magic) && !form_by_name(lower(name)))
      return std::make_unique<Refusal>(std::string("packed by ") + packing + ", which is not read", name);
  if (form == "html" && options.form.empty() && is_factiva_page(head)) form = "factiva";
  if (form == "text" && options.form.empty() && looks_like_nexis(head)) form = "nexis";
  if (form == "jsonl") return read_jsonl(std::move(input), name, folder);
  if (form == "json") return read_json(std::move(input), name, folder);
  if (form == "csv" || form == "tsv")
    return read_csv(std::move(input), name, form == "tsv" ? '\t' : '\0', options.columns);
  if (form == "warc") return read_warc(std::move(input), name);
  if (form == "arc") return read_arc(std::move(input), name);
  if (form == "feed") return read_feed(std::move(input), name);
  if (form == "sitemap") return read_sitemap(std::move(input), name);
  if (form == "mhtml") return read_mhtml(std::move(input), name);
  if (form == "factiva")
    return read_factiva(std::move(input), name,
                        head.find("<ppsarticle") == head.npos && head.find("<PPSResponse") == head.npos);
  if (form == "nexis") return read_nexis(std::move(input), name);
  if (form == "docx") return open_docx(std::move(input), name);
  if (form == "petrarch") return read_petrarch(std::move(input), name);
  return read_page(std::move(input), name,
                   form == "html"   ? RawPage::Form::html
                   : form == "text" ? RawPage::Form::text
                                    : RawPage::Form::unknown);
}

void give_id(RawPage& page) {
  if (page.id.empty()) page.id = hex(sha256(page.bytes), 16);
}

}  // namespace source

bool is_source_form(std::string_view form) {
  return std::find(std::begin(source::kForms), std::end(source::kForms), form) != std::end(source::kForms);
}

namespace fs = std::filesystem;

Source::Source(std::vector<std::string> paths, SourceOptions options)
    : paths_(std::move(paths)), options_(std::move(options)) {
  std::reverse(paths_.begin(), paths_.end());
}
Source::~Source() = default;
Source::Source(Source&&) noexcept = default;
Source& Source::operator=(Source&&) noexcept = default;

std::optional<Error> Source::open(const std::string& path) {
  using namespace source;
  if (path == "-") {
    reader_ = read_any(std::make_unique<Input>(open_stdin()), "-", ".", options_);
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
      if (folder || (entry.is_regular_file(ignored) && form_by_name(lower(entry.path().filename().string()))))
        inside.push_back(entry.path().string());
    }
    std::sort(inside.rbegin(), inside.rend());
    paths_.insert(paths_.end(), inside.begin(), inside.end());
    return std::nullopt;
  }
  if (path.find_first_of("*?[") != path.npos && !fs::exists(path, failed)) {
    ::glob_t found{};
    const int rc = ::glob(path.c_str(), 0, nullptr, &found);
    for (std::size_t i = found.gl_pathc; rc == 0 && i > 0; --i) paths_.emplace_back(found.gl_pathv[i - 1]);
    ::globfree(&found);
    if (rc == 0) return std::nullopt;
    return Error{"no file matches", path, ""};
  }
  auto file = open_file(path, bytes_read_.get());
  if (!file) return file.error();
  reader_ = read_any(std::make_unique<Input>(std::move(*file)), path, fs::path(path).parent_path().string(),
                     options_);
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

std::uint64_t input_bytes(const std::vector<std::string>& paths) {
  std::uint64_t sum = 0;
  for (const std::string& path : paths) {
    if (path == "-") return 0;
    std::error_code failed;
    if (!fs::is_directory(path, failed)) {
      const auto size = fs::file_size(path, failed);
      if (failed) return 0;  // a pattern, or a file that will be named as missing
      sum += size;
      continue;
    }
    for (fs::recursive_directory_iterator entry(path, failed);
         !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
      std::error_code ignored;
      if (entry->is_regular_file(ignored) && source::form_by_name(lower(entry->path().filename().string())))
        if (const auto size = entry->file_size(ignored); !ignored) sum += size;
    }
  }
  return sum;
}

std::vector<Result<RawPage>> read_pages(std::string_view bytes, const std::string& name,
                                        const SourceOptions& options) {
  const auto reader = source::read_any(std::make_unique<source::Input>(source::open_memory(bytes)), name,
                                       source::kNoFiles, options);
  std::vector<Result<RawPage>> out;
  while (auto item = reader->next()) {
    if (*item) source::give_id(**item);
    out.push_back(std::move(*item));
  }
  return out;
}

}  // namespace annalist
