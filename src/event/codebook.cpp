#include "event/codebook.h"

#include "event/codebook_reader.h"

namespace annalist::event {

Result<Codebook> Codebook::load(const std::vector<DataText>& files) {
  CodebookReader reader;
  return reader.read(files);
}

std::optional<TypeId> Codebook::type_named(std::string_view name) const {
  for (std::size_t i = 0; i < types_.size(); ++i)
    if (types_[i].name == name) return static_cast<TypeId>(i);
  return std::nullopt;
}

const Governor* Codebook::governor(Word w, Upos upos) const {
  std::size_t part = 0;
  if (upos == Upos::noun || upos == Upos::propn)
    part = 1;
  else if (upos == Upos::adj || upos == Upos::adv)
    part = 2;
  else if (upos != Upos::verb && upos != Upos::aux)
    return nullptr;
  const auto& found = governors_[w][part];
  return found ? &*found : nullptr;
}

const NumberWord* Codebook::number(Word w) const { return numbers_[w] ? &*numbers_[w] : nullptr; }

}  // namespace annalist::event
