#include "pipeline/data_files.h"

#include "pipeline/engine.h"

namespace annalist {

Result<std::string> build_codebook(const std::string& data_dir) {
  const auto names = list_files(data_dir, {".txt", ".tsv"});
  if (!names) return std::unexpected(names.error());
  if (names->empty())
    return fail("holds no data texts", data_dir, "name the project's data folder with --data-dir");
  std::vector<std::string> texts;
  for (const std::string& name : *names) {
    auto text = read_file(data_dir + "/" + name);
    if (!text) return std::unexpected(text.error());
    if (name.size() > 31) return fail("name is longer than 31 bytes", data_dir + "/" + name, "shorten it");
    texts.push_back(std::move(*text));
  }
  std::vector<DataText> views;
  PackWriter writer(PackKind::codebook);
  for (std::size_t i = 0; i < texts.size(); ++i) views.push_back({(*names)[i], texts[i]});
  if (auto checked = Engine::check_texts(views); !checked) return std::unexpected(checked.error());
  for (std::size_t i = 0; i < texts.size(); ++i) writer.add((*names)[i], texts[i]);
  return writer.bytes();
}

Result<CodebookPack> open_codebook(const std::string& path) {
  auto pack = Pack::open(path, PackKind::codebook, "make it with `make data`");
  if (!pack) return std::unexpected(pack.error());
  CodebookPack out{std::move(*pack), {}};
  for (std::string_view name : out.pack.names()) out.texts.push_back({name, out.pack.section(name)->bytes});
  return out;
}

}  // namespace annalist
