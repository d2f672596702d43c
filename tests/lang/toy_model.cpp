#include "lang/toy_model.h"

#include <cstring>
#include <filesystem>
#include <random>
#include <stdexcept>

namespace annalist::test {
namespace {

using lang::CharTables;

constexpr std::size_t kHidden = 64, kFfn = 128, kLayers = 2, kMaxPieces = 16;
constexpr std::size_t kArc = 16, kLabel = 8, kSrl = 8, kSense = 8, kDeed = 16, kContext = 64;

class Builder {
 public:
  std::vector<ToySection> sections;

  template <class T>
  void add(const std::string& name, ElementType type, const std::vector<T>& values) {
    std::string bytes(values.size() * sizeof(T), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    sections.push_back({name, std::move(bytes), type});
  }
  void text(const std::string& name, const std::string& text) {
    sections.push_back({name, text, ElementType::bytes});
  }
  void list(const std::string& name, const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += line + "\n";
    text(name, all);
  }
  void floats(const std::string& name, std::size_t n, float low, float high) {
    std::vector<float> out(n);
    for (float& v : out) v = low + (high - low) * static_cast<float>(random_() % 1000) / 999;
    add(name, ElementType::f32, out);
  }
  void weights(const std::string& name, std::size_t n) {
    std::vector<std::int8_t> out(n);
    for (auto& v : out) v = static_cast<std::int8_t>(static_cast<int>(random_() % 255) - 127);
    add(name, ElementType::i8, out);
  }
  void matrix(const std::string& name, std::size_t outputs, std::size_t inputs) {
    weights(name, outputs * inputs);
    floats(name + ".scale", outputs, 0.0005f, 0.002f);
    floats(name + ".bias", outputs, -0.3f, 0.3f);
  }
  void norm(const std::string& name) {
    floats(name + ".gain", kHidden, 0.8f, 1.2f);
    floats(name + ".bias", kHidden, -0.1f, 0.1f);
  }

 private:
  std::mt19937 random_{42};
};

void add_characters(Builder& b) {
  std::vector<std::uint8_t> classes(lang::kCharTable, CharTables::letter);
  std::vector<std::uint32_t> norm(lang::kCharTable * 3, 0);
  for (std::uint32_t c = 0; c < lang::kCharTable; ++c) {
    norm[c * 3] = c;
    if (c < 32) classes[c] = CharTables::dropped;
    if (c >= 33 && c < 127) classes[c] = CharTables::punctuation;
    if (c >= '0' && c <= '9') classes[c] = CharTables::digit;
    if (c >= 'a' && c <= 'z') classes[c] = CharTables::letter;
    if (c >= 'A' && c <= 'Z') {
      classes[c] = CharTables::upper;
      norm[c * 3] = c + 32;
    }
  }
  classes[' '] = CharTables::space;
  classes[0x2019] = CharTables::punctuation;
  classes[0xC9] = CharTables::upper;
  norm[0xC9 * 3] = norm[0xE9 * 3] = 'e';      // E and e with acute
  norm[0x301 * 3] = 0;                        // a combining accent leaves nothing
  norm[0xDF * 3] = norm[0xDF * 3 + 1] = 's';  // sharp s, as if it were spelt out
  b.add("chars.class", ElementType::u8, classes);
  b.add("chars.norm", ElementType::u32, norm);
}

void add_labels(Builder& b) {
  b.list("label.upos", {"NOUN", "PRON", "PROPN", "PUNCT", "VERB"});
  b.list("label.feats", {"Case=Nom|Gender=Masc|PronType=Prs", "Number=Plur", "_"});
  b.list("label.ner", {"O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-PROD", "I-PROD"});
  b.list("label.deprel", {"amod", "nsubj", "obj", "parataxis", "root"});
  b.list("label.srl", {"_", "ARG0", "ARG1", "R-ARG0"});
  b.list("label.roleset", {"attack.01", "bomb.01", "bomb.02"});
  b.list("head.rows", {"upos 0 5 none", "feats 5 8 none", "ner 8 15 none", "pred 15 16 none",
                       "arc_dep 16 32 relu", "arc_head 32 48 relu", "lab_dep 48 56 relu",
                       "lab_head 56 64 relu", "srl_pred 64 72 relu", "srl_arg 72 80 relu", "sense 80 88 none",
                       "claim 88 97 none", "fact 97 98 none", "neg 98 103 none", "deed 103 119 relu"});
  b.matrix("head", 119, kHidden);
  b.floats("deed.near", lang::DeedLayers::kNear * kDeed * kDeed, -0.5f, 0.5f);
  b.floats("deed.near.bias", kDeed, -0.5f, 0.5f);
  b.floats("deed.context", lang::DeedLayers::kParts * kDeed * kContext, -0.5f, 0.5f);
  b.floats("deed.context.bias", kContext, -0.5f, 0.5f);
  b.floats("deed.place", lang::DeedLayers::kPlaces * kContext, -0.5f, 0.5f);
  b.floats("deed.views", 3 * kContext * kContext, -0.5f, 0.5f);
  b.floats("deed.lift", kContext * kDeed, -1, 1);
  b.floats("deed.same", 2 * kDeed * kDeed, -1, 1);
  b.floats("deed.out", kDeed * lang::DeedLayers::kOutputs, -0.5f, 0.5f);
  b.floats("deed.out.bias", lang::DeedLayers::kOutputs, -0.5f, 0.5f);
  b.floats("arc.bilinear", kArc * kArc, -1, 1);
  b.floats("arc.head", kArc, -1, 1);
  b.floats("lab.bilinear", 5 * (kLabel + 1) * (kLabel + 1), -1, 1);
  b.floats("srl.bilinear", 4 * (kSrl + 1) * (kSrl + 1), -1, 1);
  b.list("sense.keys", {"attack\tn", "attack\tv", "bomb\tv"});
  b.add<std::uint32_t>("sense.range", ElementType::u32, {0, 1, 0, 1, 1, 2});
  b.add<std::uint32_t>("sense.items", ElementType::u32, {0, 1, 2});
  b.floats("sense.embedding", 3 * kSense, -1, 1);
  b.floats("sense.bias", 3, -1, 1);
}

// What the fast tier has of its own.
void add_fast(Builder& b) {
  b.text("fast.meta",
         R"({"hidden":64,"layers":1,"heads":2,"ffn":64,"max_pieces":16,"arc":16,"label":4,"srl":4})");
  b.floats("fast.emb.pos", kMaxPieces * kHidden, -0.5f, 0.5f);
  b.floats("fast.emb.shape", lang::WordPieces::kShapes * kHidden, -0.5f, 0.5f);
  b.floats("fast.emb.rest", kHidden, 0.2f, 0.8f);
  b.norm("fast.emb.ln");
  b.matrix("fast.enc.0.qkv", 3 * kHidden, kHidden);
  b.matrix("fast.enc.0.out", kHidden, kHidden);
  b.matrix("fast.enc.0.up", 64, kHidden);
  b.matrix("fast.enc.0.down", kHidden, 64);
  b.norm("fast.enc.0.ln1");
  b.norm("fast.enc.0.ln2");
  b.list("fast.head.rows",
         {"upos 0 5 none", "feats 5 8 none", "ner 8 15 none", "pred 15 16 none", "arc_dep 16 32 relu",
          "arc_head 32 48 relu", "lab_dep 48 52 relu", "lab_head 52 56 relu", "srl_pred 56 60 relu",
          "srl_arg 60 64 relu", "sense 64 72 none", "claim 72 81 none"});
  b.matrix("fast.head", 81, kHidden);
  b.floats("fast.arc.bilinear", kArc * kArc, -1, 1);
  b.floats("fast.arc.head", kArc, -1, 1);
  b.floats("fast.lab.bilinear", 5 * 5 * 5, -1, 1);
  b.floats("fast.srl.bilinear", 4 * 5 * 5, -1, 1);
}

}  // namespace

std::vector<ToySection> toy_sections() {
  Builder b;
  b.text("meta", R"({"format":1,"hidden":64,"layers":2,"heads":2,"ffn":128,"max_pieces":16,
    "max_word_pieces":4,"arc":16,"label":8,"srl":8,"sense":8,"pieces":{"pad":0,"unk":1,"cls":2,"sep":3}})");
  std::vector<std::string> vocabulary{"[PAD]",  "[UNK]", "[CLS]", "[SEP]", "the",
                                      "attack", "##ed",  ".",     ",",     "'"};
  for (const char* letters = "abcdefghijklmnopqrstuvwxyz0123456789"; *letters; ++letters) {
    vocabulary.push_back(std::string(1, *letters));
    vocabulary.push_back("##" + std::string(1, *letters));
  }
  add_characters(b);
  b.list("vocab", vocabulary);
  b.weights("emb.word", vocabulary.size() * kHidden);
  b.floats("emb.word.scale", vocabulary.size(), 0.005f, 0.01f);
  b.floats("emb.pos", kMaxPieces * kHidden, -0.5f, 0.5f);
  b.floats("emb.shape", lang::WordPieces::kShapes * kHidden, -0.5f, 0.5f);
  b.norm("emb.ln");
  for (std::size_t i = 0; i < kLayers; ++i) {
    const std::string at = "enc." + std::to_string(i) + ".";
    b.matrix(at + "qkv", 3 * kHidden, kHidden);
    b.matrix(at + "out", kHidden, kHidden);
    b.matrix(at + "up", kFfn, kHidden);
    b.matrix(at + "down", kHidden, kFfn);
    b.norm(at + "ln1");
    b.norm(at + "ln2");
  }
  add_labels(b);
  b.list("lemma.rules", {"k\t0\t", "l\t0\t", "l\t2\t", "t\t0\t", "l\t3\ty"});
  b.list("lemma.keys", {"attacked\tVERB", "went\tVERB"});
  b.add<std::uint16_t>("lemma.rule", ElementType::u16, {2, 1});
  b.list("lemma.suffix.keys", {"\tNOUN", "\tPROPN", "\tPUNCT", "\tVERB", "ed\tVERB", "ies\tNOUN"});
  b.add<std::uint16_t>("lemma.suffix.rule", ElementType::u16, {1, 3, 0, 1, 2, 4});
  b.list("xpos.keys", {"PUNCT\t_\t", "PUNCT\t_\t,", "VERB\t_\t"});
  b.list("xpos.tags", {".", ",", "VBD"});
  add_fast(b);
  return b.sections;
}

std::string write_pack(const std::vector<ToySection>& sections) {
  PackWriter writer(PackKind::model);
  for (const ToySection& s : sections) writer.add(s.name, s.bytes, s.type);
  static int count = 0;
  const auto path =
      std::filesystem::temp_directory_path() /
      ("annalist_toy_" + std::to_string(std::random_device()()) + "_" + std::to_string(count++));
  if (!writer.write(path)) throw std::runtime_error("cannot write " + path.string());
  return path;
}

std::shared_ptr<const lang::Model> toy_model(lang::Tier tier) {
  const std::string path = write_pack(toy_sections());
  auto model = lang::Model::open(path, tier);
  std::filesystem::remove(path);  // the mapping stays
  if (!model) throw std::runtime_error(model.error().message());
  return *model;
}

}  // namespace annalist::test
