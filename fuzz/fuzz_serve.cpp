// Addresses and bodies -> the whole API over a store of one report. Whatever is asked, the answer is no
// failure of the server's. First byte: even for GET with the rest as address, odd for POST of the rest as a
// verdict.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "serve/app.h"
#include "serve/http_server.h"
#include "serve/one_report.h"

namespace {

using namespace annalist;

serve::App& app() {
  static const std::unique_ptr<serve::App> made = [] {
    const std::string path =
        (std::filesystem::temp_directory_path() / ("annalist-fuzz-" + std::to_string(getpid()) + ".db"))
            .string();
    {
      auto store = Store::open(path, Store::Mode::create);
      if (!store || !store->ingest_json(test::one_report("capture", 0.8f), "fuzz")) __builtin_trap();
    }
    serve::Settings settings;
    settings.store = path;
    settings.codebook = {{"capture", "territory", "takes a place"}};
    settings.writable = true;
    auto opened = serve::App::open(std::move(settings));
    if (!opened) __builtin_trap();
    return std::move(*opened);
  }();
  return *made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const serve::Traffic traffic;
  const std::string rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool post = data[0] & 1;
  serve::Request request;
  request.method = post ? "POST" : "GET";
  request.peer = "127.0.0.1";
  request.headers = {{"host", "localhost"}, {"content-type", "application/json"}};
  if (!serve::parse_target(post ? "/v1/reviews" : rest, request)) return 0;
  std::unique_ptr<serve::Response> refusal;
  const std::size_t most = app().admit(request, refusal);
  if (refusal) return 0;
  if (post) {
    if (rest.size() > most) return 0;
    request.body = rest;
  }
  serve::Response answer = app().handle(request, traffic);
  if (answer.status >= 500) __builtin_trap();
  std::string piece;
  while (answer.stream && answer.stream(piece)) piece.clear();
  return 0;
}
