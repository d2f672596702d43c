#include "pack/pack.h"

#include "base/sha256.h"

namespace annalist {
namespace {

constexpr char kMagic[8] = {'A', 'N', 'L', 'P', 'A', 'C', 'K', '\0'};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kAlign = 64;

struct Header {
  char magic[8];
  std::uint32_t version, kind, section_count, flags;
  std::uint64_t file_size;
  std::array<std::uint8_t, 32> hash;  // SHA-256 of everything after the header
};
static_assert(sizeof(Header) == 64);

constexpr std::size_t aligned(std::size_t n) { return (n + kAlign - 1) / kAlign * kAlign; }

}  // namespace

struct Pack::Entry {
  char name[32];
  std::uint64_t offset, size;
  std::uint32_t type, rows, cols, reserved;
};

Result<Pack> Pack::open(const std::string& path, PackKind kind, std::string remedy) {
  auto file = MappedFile::open(path);
  if (!file) return fail(file.error().what, path, remedy);
  const std::string_view bytes = file->bytes();
  if (bytes.size() < sizeof(Header) || std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0)
    return fail("not an Annalist data file", path + ", byte 0", remedy);
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.version != kVersion)
    return fail("format version " + std::to_string(header.version) + ", this program reads " +
                    std::to_string(kVersion),
                path + ", byte 8", remedy);
  if (header.kind != static_cast<std::uint32_t>(kind))
    return fail("a data file of another kind", path + ", byte 12", remedy);
  if (header.file_size != bytes.size())
    return fail(
        "cut short: " + std::to_string(bytes.size()) + " of " + std::to_string(header.file_size) + " bytes",
        path, remedy);
  static_assert(sizeof(Entry) == 64);
  if (header.section_count > (bytes.size() - sizeof(Header)) / sizeof(Entry))
    return fail("section table runs past the end", path + ", byte 16", remedy);
  const auto* entries = reinterpret_cast<const Entry*>(bytes.data() + sizeof(Header));
  for (std::uint32_t i = 0; i < header.section_count; ++i) {
    const Entry& e = entries[i];
    if (e.name[31] != '\0' || e.offset % kAlign != 0 || e.offset > bytes.size() ||
        e.size > bytes.size() - e.offset)
      return fail("section " + std::to_string(i) + " lies outside the file", path, remedy);
  }
  Pack pack;
  pack.file_ = std::move(*file);
  pack.path_ = path;
  pack.remedy_ = std::move(remedy);
  return pack;
}

const Pack::Entry* Pack::find(std::string_view name) const {
  Header header;
  std::memcpy(&header, file_.bytes().data(), sizeof header);
  const auto* entries = reinterpret_cast<const Entry*>(file_.bytes().data() + sizeof(Header));
  for (std::uint32_t i = 0; i < header.section_count; ++i)
    if (name == entries[i].name) return &entries[i];
  return nullptr;
}

bool Pack::has(std::string_view name) const { return find(name) != nullptr; }

Result<Section> Pack::section(std::string_view name) const {
  const Entry* e = find(name);
  if (!e) return fail("section '" + std::string(name) + "' is missing", path_, remedy_);
  return Section{file_.bytes().substr(e->offset, e->size), static_cast<ElementType>(e->type), e->rows,
                 e->cols};
}

std::vector<std::string_view> Pack::names() const {
  Header header;
  std::memcpy(&header, file_.bytes().data(), sizeof header);
  const auto* entries = reinterpret_cast<const Entry*>(file_.bytes().data() + sizeof(Header));
  std::vector<std::string_view> out;
  for (std::uint32_t i = 0; i < header.section_count; ++i) out.emplace_back(entries[i].name);
  return out;
}

std::string Pack::hash() const {
  Header header;
  std::memcpy(&header, file_.bytes().data(), sizeof header);
  return hex(header.hash, 12);
}

Status Pack::verify() const {
  Header header;
  std::memcpy(&header, file_.bytes().data(), sizeof header);
  if (sha256(file_.bytes().substr(sizeof(Header))) != header.hash)
    return fail("contents do not match the stored hash", path_, remedy_);
  return {};
}

void PackWriter::add(std::string_view name, std::string bytes, ElementType type, std::uint32_t rows,
                     std::uint32_t cols) {
  items_.push_back({std::string(name.substr(0, 31)), std::move(bytes), type, rows, cols});
}

void PackWriter::add_view(std::string_view name, std::string_view bytes, std::uint32_t rows) {
  items_.push_back({std::string(name.substr(0, 31)), {}, ElementType::bytes, rows, 0, bytes});
}

std::string PackWriter::table() const {
  std::size_t at = aligned(sizeof(Header) + items_.size() * 64);
  std::string out(at - sizeof(Header), '\0');
  for (std::size_t i = 0; i < items_.size(); ++i) {
    char* entry = out.data() + i * 64;
    const std::uint64_t place[2] = {at, items_[i].content().size()};
    const std::uint32_t shape[3] = {static_cast<std::uint32_t>(items_[i].type), items_[i].rows,
                                    items_[i].cols};
    std::memcpy(entry, items_[i].name.data(), items_[i].name.size());
    std::memcpy(entry + 32, place, sizeof place);
    std::memcpy(entry + 48, shape, sizeof shape);
    at = aligned(at + items_[i].content().size());
  }
  return out;
}

namespace {

/// Feeds the parts of a pack behind its header to `take`; false as soon as one is refused.
template <class Items, class Take>
bool each_part(const std::string& table, const Items& items, Take take) {
  static constexpr char kZeros[kAlign] = {};
  if (!take(std::string_view(table))) return false;
  for (const auto& item : items) {
    const std::string_view bytes = item.content();
    if (!take(bytes) || !take(std::string_view(kZeros, aligned(bytes.size()) - bytes.size()))) return false;
  }
  return true;
}

Header header_of(PackKind kind, std::size_t sections, std::uint64_t size,
                 const std::array<std::uint8_t, 32>& hash) {
  Header header{};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kVersion;
  header.kind = static_cast<std::uint32_t>(kind);
  header.section_count = static_cast<std::uint32_t>(sections);
  header.file_size = size;
  header.hash = hash;
  return header;
}

}  // namespace

std::string PackWriter::bytes() const {
  std::string out(sizeof(Header), '\0');
  each_part(table(), items_, [&](std::string_view part) {
    out += part;
    return true;
  });
  const Header header =
      header_of(kind_, items_.size(), out.size(), sha256(std::string_view(out).substr(sizeof(Header))));
  std::memcpy(out.data(), &header, sizeof header);
  return out;
}

Status PackWriter::write(const std::string& path) const {
  Sha256 hash;
  std::uint64_t size = sizeof(Header);
  const std::string entries = table();
  each_part(entries, items_, [&](std::string_view part) {
    hash.update(part);
    size += part.size();
    return true;
  });
  const Header header = header_of(kind_, items_.size(), size, hash.finish());
  auto file = FileWriter::create(path);
  if (!file) return std::unexpected(file.error());
  if (auto s = file->append({reinterpret_cast<const char*>(&header), sizeof header}); !s) return s;
  Status status;
  each_part(entries, items_, [&](std::string_view part) {
    status = file->append(part);
    return status.has_value();
  });
  return status ? file->finish() : status;
}

}  // namespace annalist
