// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/http_asr_engine.h"

#include <algorithm>
#include <cmath>

#include <openssl/rand.h>
#include <boost/json.hpp>

#include "base/text.h"
#include "voice/speech/errc.h"
#include "voice/speech/wav_of.h"

namespace ys::speech {
namespace {

namespace json = boost::json;

constexpr Millis least_wait{200};  ///< less is no time for an answer

/// Not to be guessed, so that no setting can hold it.
std::string boundary() {
    std::string bytes(16, '\0');
    YS_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()),
                         static_cast<int>(bytes.size())) == 1);
    return "yingsheng-" + hex(bytes);
}

void add_field(std::string& form, const std::string& edge, std::string_view name,
               std::string_view value) {
    form += "--" + edge + "\r\nContent-Disposition: form-data; name=\"" + std::string(name) +
            "\"\r\n\r\n" + std::string(value) + "\r\n";
}

bool is_refused(int status) { return status == 400 || status == 415 || status == 422; }

const json::value* member(const json::value& of, std::string_view name) {
    const auto* object = of.if_object();
    return object == nullptr ? nullptr : object->if_contains(name);
}

std::optional<double> number(const json::value& of, std::string_view name) {
    const auto* value = member(of, name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const double n = value->to_number<double>();
    return std::isfinite(n) ? std::optional(n) : std::nullopt;
}

/// Segments say the mean logarithm of their words' probability, and how likely nobody spoke.
std::optional<double> certainty_of(const json::value& answer) {
    const auto* segments = member(answer, "segments");
    if (segments == nullptr || !segments->is_array() || segments->get_array().empty())
        return std::nullopt;
    double sum = 0;
    int count = 0;
    for (const json::value& segment : segments->get_array()) {
        const auto log_probability = number(segment, "avg_logprob");
        if (!log_probability) return std::nullopt;
        const double silent = std::clamp(number(segment, "no_speech_prob").value_or(0), 0.0, 1.0);
        sum += std::exp(std::min(0.0, *log_probability)) * (1 - silent);
        ++count;
    }
    return sum / count;
}

}  // namespace

Result<SpokenWords> words_of_answer(std::string_view body) {
    json::error_code error;
    json::parse_options limits;
    limits.max_depth = 8;
    const json::value answer = json::parse(body, error, {}, limits);
    const auto* text = error ? nullptr : member(answer, "text");
    if (text == nullptr || !text->is_string())
        return Error{Errc::failed, "an answer without \"text\""};
    std::string said =
        cleaned(trimmed(std::string_view(text->get_string())), AsrEngine::text_bytes_max);
    if (trimmed(said).empty()) return Error{Errc::not_understood, "no words"};
    return SpokenWords{std::move(said), certainty_of(answer)};
}

Result<std::unique_ptr<HttpAsrEngine>> HttpAsrEngine::build(HttpAsrSettings settings,
                                                            std::function<Now()> clock) {
    if (!settings.url.starts_with("http://") && !settings.url.starts_with("https://"))
        return Error{std::errc::invalid_argument, "speech.url begins with http:// or https://"};
    if (settings.model.empty())
        return Error{std::errc::invalid_argument, "speech.model: which model writes it down?"};
    while (settings.url.ends_with('/')) settings.url.pop_back();
    YS_TRY(auto guard, web_client::AddressGuard::build(settings.allow));
    return std::unique_ptr<HttpAsrEngine>(
        new HttpAsrEngine(std::move(settings), std::move(guard), std::move(clock)));
}

HttpAsrEngine::HttpAsrEngine(HttpAsrSettings settings, web_client::AddressGuard guard,
                             std::function<Now()> clock)
    : settings_(std::move(settings)),
      guard_(std::move(guard)),
      clock_(std::move(clock)),
      breaker_(settings_.breaker) {}

std::string HttpAsrEngine::name() const { return "http " + settings_.model; }

CircuitBreaker::State HttpAsrEngine::breaker_state() const {
    const std::lock_guard lock(mutex_);
    return breaker_.state(clock_().mono);
}

Result<web_client::WebAnswer> HttpAsrEngine::send(const AsrOrder& order, bool with_details,
                                                  Millis within) const {
    const std::string edge = boundary();
    std::string form;
    add_field(form, edge, "model", settings_.model);
    if (!settings_.language.empty()) add_field(form, edge, "language", settings_.language);
    add_field(form, edge, "temperature", "0");
    add_field(form, edge, "response_format", with_details ? "verbose_json" : "json");
    form += "--" + edge +
            "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"speech.wav\"\r\n"
            "Content-Type: audio/wav\r\n\r\n";
    form += wav_of(order.samples);
    form += "\r\n--" + edge + "--\r\n";
    web_client::WebRequest what{
        .url = settings_.url + "/v1/audio/transcriptions",
        .headers = {{"Content-Type", "multipart/form-data; boundary=" + edge},
                    {"Accept", "application/json"}},
        .body = std::move(form),
        .within = within,
        .answer_max = answer_max_bytes};
    if (!settings_.key.reveal().empty())
        what.headers.emplace_back("Authorization", "Bearer " + settings_.key.reveal());
    return web_client::send(what, guard_);
}

Result<SpokenWords> HttpAsrEngine::ask(const AsrOrder& order, Instant until) {
    for (bool is_second = false;; is_second = true) {
        const auto left = std::chrono::duration_cast<Millis>(until - clock_().mono);
        if (left < least_wait) return Error{Errc::timed_out, "the recogniser"};
        const bool with_details = has_details_;
        auto answer = send(order, with_details, left);
        if (!answer) {
            const bool is_late = answer.error().code == std::errc::timed_out;
            return Error{is_late ? Errc::timed_out : Errc::failed, answer.error().note};
        }
        if (answer->status == 200) return words_of_answer(answer->body);
        if (!with_details || is_second || !is_refused(answer->status))
            return Error{Errc::failed, "status " + std::to_string(answer->status)};
        has_details_ = false;
    }
}

Result<SpokenWords> HttpAsrEngine::write_down(const AsrOrder& order) {
    const Instant began = clock_().mono;
    const Instant until = std::min(order.until, began + settings_.within);
    // Not asked: that the speech waited too long with us is not the server's failure.
    if (until < began + least_wait) return Error{Errc::timed_out, "waiting for the recogniser"};
    std::optional<CircuitBreaker::Ticket> ticket;
    {
        const std::lock_guard lock(mutex_);
        ticket = breaker_.may_ask(began);
    }
    if (!ticket) return Error{Errc::resting, "the recogniser"};
    auto words = ask(order, until);
    const bool has_worked = words || words.error().code == Errc::not_understood;
    const std::lock_guard lock(mutex_);
    breaker_.settle(*ticket, has_worked, clock_().mono);
    return words;
}

}  // namespace ys::speech
