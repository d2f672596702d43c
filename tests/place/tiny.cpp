#include "tiny.h"

#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "base/file.h"
#include "base/strings.h"

namespace annalist::test {
namespace {

// Points and populations are rounded; ids are our own.
std::string towns() {
  struct Town {
    const char *id, *name, *alternates;
    double lat, lon;
    const char *feature, *country, *admin1, *admin2;
    long population;
  };
  static const Town kTowns[] = {
      {"1", "Paris", "Parigi,Lutece,PAR", 48.85, 2.35, "PPLC", "FR", "11", "75", 2100000},
      {"2", "Paris", "", 33.66, -95.56, "PPLA2", "US", "TX", "277", 24000},
      {"3", "Austin", "", 30.27, -97.74, "PPLA", "US", "TX", "453", 900000},
      {"4", "Idlib", "Idleb,Edlib", 35.93, 36.63, "PPLA", "SY", "12", "", 128000},
      {"5", "Damascus", "Dimashq,Damas", 33.51, 36.29, "PPLC", "SY", "13", "", 1500000},
      {"6", "Dayr Sunbul", "", 35.70, 36.61, "PPL", "SY", "12", "", 900},
      {"7", "Tripoli", "Tarabulus", 32.89, 13.19, "PPLC", "LY", "77", "", 1150000},
      {"8", "Tripoli", "Trablous", 34.44, 35.85, "PPLA", "LB", "09", "", 229000},
      {"9", "Beirut", "Bayrut", 33.89, 35.50, "PPLC", "LB", "04", "", 1900000},
      {"10", "Benghazi", "", 32.11, 20.07, "PPLA", "LY", "69", "", 650000},
      {"11", "Az Zabadani", "", 33.72, 36.10, "PPL", "SY", "08", "", 29000},
      {"12", "Canadian", "", 35.91, -100.38, "PPL", "US", "TX", "211", 2700},
      {"13", "Police", "", 53.55, 14.57, "PPL", "PL", "87", "", 34000},
      {"14", "Springfield", "", 39.80, -89.64, "PPLA", "US", "IL", "167", 114000},
      {"15", "Springfield", "", 37.21, -93.30, "PPLA2", "US", "MO", "077", 167000},
      {"16", "Chicago", "", 41.85, -87.65, "PPLA2", "US", "IL", "031", 2700000},
      {"17", "Barah", "Bara", 6.1, 10.0, "PPL", "NG", "52", "", 15000},
      {"19", "Dayr Sunbul", "", 35.42, 36.38, "PPL", "SY", "10", "", 900},
      {"21", "Minnesota", "", 37.1, -93.2, "PPL", "US", "MO", "", 700},
      {"22", "Minneapolis", "", 44.98, -93.27, "PPL", "US", "MN", "", 400000},
      {"20", "Moreno", "", -8.12, -35.09, "PPL", "NG", "52", "", 50000},
      {"18", "Jordan", "", 44.67, -93.63, "PPL", "US", "MN", "139", 6000},
  };
  std::string out;
  for (const Town& t : kTowns) {
    out += std::string(t.id) + "\t" + t.name + "\t" + t.name + "\t" + t.alternates + "\t" +
           std::to_string(t.lat) + "\t" + std::to_string(t.lon) + "\tP\t" + t.feature + "\t" + t.country +
           "\t\t" + t.admin1 + "\t" + t.admin2 + "\t\t\t" + std::to_string(t.population) +
           "\t\t0\tUTC\t2020-01-01\n";
  }
  return out;
}

constexpr std::string_view kAdmin1 =
    R"([{"code":"FR.11","name":"Ile-de-France"},{"code":"US.TX","name":"Texas"},
  {"code":"US.IL","name":"Illinois"},{"code":"US.MO","name":"Missouri"},{"code":"US.MN","name":"Minnesota"},
  {"code":"SY.12","name":"Idlib"},{"code":"SY.13","name":"Damascus Governorate"},
  {"code":"SY.10","name":"Hama"},{"code":"SY.08","name":"Rif-dimashq"},{"code":"LY.77","name":"Tripoli"},{"code":"LY.69","name":"Banghazi"},
  {"code":"LB.09","name":"North Lebanon"},{"code":"LB.04","name":"Beirut"},{"code":"NG.52","name":"Bayelsa"},
  {"code":"PL.87","name":"West Pomerania"},{"code":"XX.01","name":"Nowhere"}])";
constexpr std::string_view kAdmin2 = R"([{"code":"US.TX.277","name":"Lamar County"},
  {"code":"US.IL.031","name":"Cook County"},{"code":"US.IL.999","name":"Empty County"}])";
constexpr std::string_view kCountries =
    "iso2\tiso3\tgeonames\tname\tcapital\tlat\tlon\tpopulation\tneighbours\taliases\tdemonyms\n"
    "FR\tFRA\t100\tFrance\tParis\t46\t2\t66000000\t-\t-\tFrench\n"
    "US\tUSA\t101\tUnited States\tWashington\t39.8\t-98.5\t327000000\tCA\tUS;U.S.;USA\tAmerican\n"
    "CA\tCAN\t102\tCanada\tOttawa\t60\t-113\t37000000\tUS\t-\tCanadian\n"
    "SY\tSYR\t103\tSyria\tDamascus\t35\t38\t17000000\tLB;JO\tSyrian Arab Republic\tSyrian\n"
    "LY\tLBY\t104\tLibya\tTripoli\t28\t17\t6000000\t-\t-\tLibyan\n"
    "LB\tLBN\t105\tLebanon\tBeirut\t33.8\t35.8\t6800000\tSY\t-\tLebanese\n"
    "JO\tJOR\t106\tJordan\tAmman\t31\t36\t9900000\tSY\t-\tJordanian\n"
    "NG\tNGA\t107\tNigeria\tAbuja\t10\t8\t190000000\t-\t-\tNigerian\n"
    "PL\tPOL\t108\tPoland\tWarsaw\t52\t20\t38000000\t-\t-\tPolish;Pole\n";
constexpr std::string_view kUnits =
    "[SY.13]\nname: Damascus\nalias: Dimashq\n\n[US.TX]\nalias: Tex.; TX\ndemonym: Texan\npoint: 31.25, "
    "-99.25\n";
constexpr std::string_view kTownNames =
    "id\tcountry\tnames\tlat\tlon\n"
    "10\tLY\tBengasi\t-\t-\n"
    "ras-lanuf-ly\tLY\tRas Lanuf; Ra's Lanuf\t30.50\t18.57\n";
constexpr std::string_view kRegions =
    "[jabal-al-zawiya]\nname: Jabal al-Zawiya\nalias: Jabal Zawiya\ntype: mountains\npoint: 35.73, 36.55\n"
    "radius: 18\ncountry: SY\n\n[middle-east]\nname: Middle East\ndemonym: Middle Eastern\n"
    "type: world region\npoint: 29, 43\nradius: 1800\n";

}  // namespace

GazetteerSources tiny_sources() {
  static const std::string kTowns = towns();
  return {kTowns,
          kAdmin1,
          kAdmin2,
          {{"places/countries.tsv", kCountries},
           {"places/admin1.txt", kUnits},
           {"places/regions.txt", kRegions},
           {"places/towns.tsv", kTownNames}}};
}

std::string temporary_file(const std::string& name, std::string_view bytes) {
  const auto path =
      std::filesystem::temp_directory_path() / ("annalist-test-" + std::to_string(::getpid()) + "-" + name);
  if (!write_file(path.string(), bytes)) throw std::runtime_error("cannot write " + path.string());
  return path.string();
}

const Gazetteer& tiny_gazetteer() {
  static const Gazetteer gazetteer = [] {
    const auto bytes = build_gazetteer(tiny_sources());
    if (!bytes) throw std::runtime_error(bytes.error().message());
    const std::string path = temporary_file("tiny.gazetteer", *bytes);
    auto opened = Gazetteer::open(path);
    std::filesystem::remove(path);  // stays mapped
    if (!opened) throw std::runtime_error(opened.error().message());
    return std::move(*opened);
  }();
  return gazetteer;
}

std::string repository_file(const std::string& path) {
  auto text = read_file(path);
  if (!text) throw std::runtime_error(text.error().message());
  return *text;
}

const FindPlaces& tiny_stage() {
  static const std::string words = repository_file("data/places/words.txt"),
                           ranker = repository_file("data/places/ranker.txt");
  static const FindPlaces stage = [] {
    auto loaded =
        FindPlaces::load(tiny_gazetteer(), {{"places/words.txt", words}, {"places/ranker.txt", ranker}});
    if (!loaded) throw std::runtime_error(loaded.error().message());
    return std::move(*loaded);
  }();
  return stage;
}

Document plain_document(std::string_view text, const std::vector<std::pair<std::string, EntityType>>& names) {
  Document doc("test", std::string(text));
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  const auto is_mark = [](char c) { return c == ',' || c == '(' || c == ')' || c == '"'; };
  std::uint32_t at = 0;
  for (std::string_view line : split(text, '\n')) {
    const auto line_end = static_cast<std::uint32_t>(at + line.size());
    if (!line.empty()) blocks.push_back({{at, line_end}, BlockKind::paragraph});
    while (at < line_end) {
      auto end = static_cast<std::uint32_t>(text.find(". ", at));
      end = end < line_end ? end + 1 : line_end;
      Sentence sentence{{at, end}, Id<Block>(blocks.size() - 1), {std::uint32_t(tokens.size()), 0}};
      while (at < end) {
        if (text[at] == ' ') {
          ++at;
          continue;
        }
        std::uint32_t stop = at + 1;
        if (!is_mark(text[at]))
          while (stop < end && text[stop] != ' ' && !is_mark(text[stop]) && text.substr(stop, 2) != "'s" &&
                 !(text[stop] == '.' && stop + 1 == end))
            ++stop;
        tokens.push_back({{at, stop}, static_cast<std::uint32_t>(sentences.size())});
        at = stop;
      }
      sentence.tokens.count = static_cast<std::uint32_t>(tokens.size()) - sentence.tokens.first;
      sentences.push_back(sentence);
    }
    at = line_end + 1;
  }
  std::vector<Mention> mentions;
  for (const auto& [name, type] : names) {
    const auto begin = text.find(name);
    if (begin == std::string_view::npos) throw std::runtime_error("no such name: " + name);
    Mention m;
    m.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + name.size())};
    m.type = type;
    for (std::uint32_t t = 0; t < tokens.size(); ++t)
      if (m.span.contains(tokens[t].span)) {
        if (m.tokens.empty()) m.tokens.first = t;
        ++m.tokens.count;
      }
    m.head = Id<Token>(m.tokens.end() - 1);
    mentions.push_back(m);
  }
  doc.fill(blocks);
  doc.fill(sentences);
  doc.fill(tokens);
  doc.fill(std::vector<Syntax>(tokens.size()));
  doc.fill(mentions);
  return doc;
}

Document placed(std::string_view text, const std::vector<std::pair<std::string, EntityType>>& names) {
  Document doc = plain_document(text, names);
  Workspace work;
  tiny_stage().run(doc, work);
  return doc;
}

const Place* place_of(const Document& doc, std::string_view words, int n) {
  for (const Place& p : doc.all<Place>())
    if (doc.text(p.span) == words && n-- == 0) return &p;
  return nullptr;
}

}  // namespace annalist::test
