// The server's mind without its socket: verdicts on two events from several callers at once, while merged
// events are found anew beside them.
#include "serve/app.h"

#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "serve/http_server.h"
#include "serve/one_report.h"

using namespace annalist;
using namespace annalist::serve;

namespace {

struct Fixture {
  std::string path =
      (std::filesystem::temp_directory_path() / ("annalist-app-" + std::to_string(std::rand()) + ".db"))
          .string();
  std::string a, b;  // two events
  Traffic traffic;
  std::unique_ptr<App> app;

  explicit Fixture(std::function<Status()> connect) {
    remove();
    auto store = Store::open(path, Store::Mode::create);
    REQUIRE(store);
    for (std::string* event : {&a, &b}) {
      std::string json = test::one_report("capture", 0.8F);
      if (event == &b) json.replace(json.find("Villagers"), 9, "Merchants");
      const auto in = store->ingest_json(json, "test");
      REQUIRE(in);
      *event = store->events_of(in->uid)->front().uid;
    }
    REQUIRE(a != b);
    Settings settings;
    settings.store = path;
    settings.writable = true;
    settings.connect = std::move(connect);
    auto opened = App::open(std::move(settings));
    REQUIRE(opened);
    app = std::move(*opened);
  }
  ~Fixture() {
    app.reset();
    remove();
  }
  void remove() const {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  }
  Response ask(const std::string& target, const std::string& body = {}) {
    Request r;
    r.method = body.empty() ? "GET" : "POST";
    r.target = target;
    if (!parse_target(target, r)) return problem(400, "", "");
    r.body = body;
    return app->handle(r, traffic);
  }
  Response say(const std::string& decision) {
    return ask("/v1/reviews",
               R"({"target":")" + a + R"(","other":")" + b + R"(","decision":")" + decision + R"("})");
  }
};

}  // namespace

TEST_CASE("a verdict on two events has merged events found anew, and says whether that is done") {
  std::atomic<int> times = 0;
  Fixture desk([&]() -> Status { return ++times, Status(); });
  const Response kept = desk.say("apart");
  CHECK(kept.status == 201);
  CHECK(kept.body.find(R"("connected":true)") != std::string::npos);
  CHECK(times == 1);
  CHECK(desk.say("apart").status == 422);  // stands already
  CHECK(times == 1);
  const Response shown = desk.ask("/v1/events/" + desk.a);
  REQUIRE(shown.shared);
  CHECK(shown.shared->find(R"("decision":"apart")") != std::string::npos);
  CHECK(desk.ask("/v1/reviews", R"({"target":")" + desk.a + R"(","decision":"accepted"})").status == 201);
  CHECK(times == 1);  // a verdict on one event merges nothing
  CHECK(desk.say("undone").status == 201);
  CHECK(times == 2);

  Fixture alone({});
  CHECK(alone.say("apart").body.find(R"("connected":false)") != std::string::npos);
}

TEST_CASE("verdicts and questions at once, from many threads") {
  std::atomic<int> running = 0, most = 0, times = 0;
  Fixture desk([&]() -> Status {
    most = std::max(most.load(), ++running);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    --running, ++times;
    return {};
  });
  std::atomic<int> kept = 0, wrong = 0;
  {
    std::vector<std::jthread> callers;
    for (int c = 0; c < 4; ++c)
      callers.emplace_back([&, c] {
        for (int i = 0; i < 8; ++i) {
          const unsigned said = desk.say(c % 2 ? "apart" : "undone").status;
          kept += said == 201;
          wrong += said != 201 && said != 422;
          wrong += desk.ask("/v1/events/" + desk.a).status != 200;
          wrong += desk.ask("/v1/reviews").status != 200;
        }
      });
  }
  CHECK(wrong == 0);
  CHECK(kept > 0);
  CHECK(most == 1);  // one at a time
  CHECK(times > 0);
  CHECK(times <= kept);
}
