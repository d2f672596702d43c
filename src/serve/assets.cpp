// The embedded files with their paths and types; compressed once, when the server starts.
#include <zlib.h>

#include "base/sha256.h"
#include "serve/app.h"

extern "C" {
extern const char annalist_asset_index[], annalist_asset_index_end[];
extern const char annalist_asset_script[], annalist_asset_script_end[];
extern const char annalist_asset_style[], annalist_asset_style_end[];
extern const char annalist_asset_icon[], annalist_asset_icon_end[];
extern const char annalist_asset_world[], annalist_asset_world_end[];
extern const char annalist_asset_areas[], annalist_asset_areas_end[];
extern const char annalist_asset_openapi[], annalist_asset_openapi_end[];
}

namespace annalist::serve {
namespace {

std::shared_ptr<const std::string> compress(const std::string& plain) {
  z_stream z{};
  if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) return nullptr;
  std::string out(deflateBound(&z, uLong(plain.size())), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  z.avail_in = uInt(plain.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = uInt(out.size());
  const bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
  out.resize(z.total_out);
  deflateEnd(&z);
  return done ? std::make_shared<const std::string>(std::move(out)) : nullptr;
}

}  // namespace

std::vector<Asset> embedded_assets() {
  std::vector<Asset> out;
  const auto add = [&](std::string path, std::string type, const char* begin, const char* end) {
    Asset a{std::move(path), std::move(type), {}, std::make_shared<const std::string>(begin, end), {}};
    a.etag = "\"" + hex(sha256(*a.plain), 16) + "\"";
    if (a.plain->size() > 1000) a.gzip = compress(*a.plain);
    out.push_back(std::move(a));
  };
  add("/index.html", "text/html; charset=utf-8", annalist_asset_index, annalist_asset_index_end);
  add("/desk.js", "text/javascript; charset=utf-8", annalist_asset_script, annalist_asset_script_end);
  add("/desk.css", "text/css; charset=utf-8", annalist_asset_style, annalist_asset_style_end);
  add("/icon.svg", "image/svg+xml", annalist_asset_icon, annalist_asset_icon_end);
  add("/world.json", "application/json", annalist_asset_world, annalist_asset_world_end);
  add("/areas.json", "application/json", annalist_asset_areas, annalist_asset_areas_end);
  return out;
}

std::string openapi_document() { return {annalist_asset_openapi, annalist_asset_openapi_end}; }

}  // namespace annalist::serve
