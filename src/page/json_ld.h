// What the JSON-LD scripts of a page say about its article. Real pages hold broken JSON (raw line breaks,
// trailing commas, comment wrappers, entities): it is mended where that is simple, else searched as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace annalist::page {

struct JsonLd {
  std::string type;  // "NewsArticle", "LiveBlogPosting"; empty when there is no article
  std::string headline, subtitle, body, published, modified, language, publisher, url, description, section;
  std::vector<std::string> authors, keywords;
  struct Update {
    std::string headline, published, body;
  };
  std::vector<Update> updates;  // of a live blog, at most 1,000
  bool not_free = false;        // isAccessibleForFree is false
  bool video = false;           // the page is or holds a VideoObject
  bool collection = false;      // a CollectionPage, an ItemList or results of a search
};

/// Merges all scripts; the first article with a headline or a body counts, others only fill gaps.
JsonLd read_json_ld(const std::vector<std::string_view>& scripts);

}  // namespace annalist::page
