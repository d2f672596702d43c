#include "pipeline/data_files.h"

#include <algorithm>
#include <map>

#include "pipeline/engine.h"

namespace annalist {

namespace {

/// Texts by name; of two with one name the later folder's holds.
Status read_texts(const std::string& dir, std::map<std::string, std::string>& texts,
                  const std::string& prefix = {}) {
  const auto names = list_files(dir, {".txt", ".tsv"});
  if (!names) return std::unexpected(names.error());
  if (names->empty())
    return fail("holds no data texts", dir, "name a folder of texts like the project's data/");
  for (const std::string& name : *names) {
    auto text = read_file(dir + "/" + name);
    if (!text) return std::unexpected(text.error());
    if (prefix.size() + name.size() > 31)
      return fail("name is longer than 31 bytes", dir + "/" + name, "shorten it");
    texts[prefix + name] = std::move(*text);
  }
  return {};
}

Result<std::string> checked_pack(const std::map<std::string, std::string>& texts) {
  std::vector<DataText> views;
  PackWriter writer(PackKind::codebook);
  for (const auto& [name, text] : texts) views.push_back({name, text});
  if (auto checked = Engine::check_texts(views); !checked) return std::unexpected(checked.error());
  for (const auto& [name, text] : texts) writer.add(name, text);
  return writer.bytes();
}

}  // namespace

Result<std::string> build_codebook(const std::string& data_dir) { return build_codebook(data_dir, {}); }

Result<std::string> build_codebook(const std::string& data_dir, const DataOverlay& overlay) {
  std::map<std::string, std::string> texts;
  if (auto read = read_texts(data_dir, texts); !read) return std::unexpected(read.error());
  std::erase_if(texts, [&](const auto& text) {
    return std::ranges::any_of(overlay.without,
                               [&](const std::string& p) { return text.first.starts_with(p); });
  });
  for (const std::string& dir : overlay.with)
    if (auto read = read_texts(dir, texts); !read) return std::unexpected(read.error());
  return checked_pack(texts);
}

Result<ExtendedCodebook> extend_codebook(const std::string& shipped,
                                         const std::vector<std::string>& folders) {
  const auto pack = open_codebook(shipped);
  if (!pack) return std::unexpected(pack.error());
  std::map<std::string, std::string> texts, own;
  for (const DataText& text : pack->texts) texts[std::string(text.name)] = text.text;
  for (const std::string& dir : folders) {
    const bool whole = list_files(dir + "/codebook", {".txt", ".tsv"}).has_value();
    if (auto read = read_texts(dir, own, whole ? "" : "codebook/"); !read)
      return std::unexpected(read.error());
  }
  ExtendedCodebook out;
  for (auto& [name, text] : own) {
    out.own.push_back(name);
    texts[name] = std::move(text);
  }
  auto bytes = checked_pack(texts);
  if (!bytes) return std::unexpected(bytes.error());
  out.bytes = std::move(*bytes);
  return out;
}

Result<CodebookPack> open_codebook(const std::string& path) {
  auto pack = Pack::open(path, PackKind::codebook, "make it with `make data`");
  if (!pack) return std::unexpected(pack.error());
  CodebookPack out{std::move(*pack), {}};
  for (std::string_view name : out.pack.names()) out.texts.push_back({name, out.pack.section(name)->bytes});
  return out;
}

}  // namespace annalist
