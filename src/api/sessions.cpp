// SPDX-License-Identifier: Apache-2.0
#include "api/sessions.h"

#include "base/text.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/password/password.h"
#include "platform/password/token.h"

namespace ys::api {
namespace {

constexpr std::size_t token_characters = 43;

std::int64_t us_of(Seconds s) { return std::chrono::microseconds(s).count(); }

}  // namespace

Task<Sessions::Attempt> Sessions::sign_in(std::string login, Secret<std::string> password,
                                          std::string source, std::string old_token) {
    const std::string shown = cleaned(login, 64);
    if (const Seconds wait = throttle_.must_wait(mono_now(), shown, source); wait.count() > 0)
        co_return Attempt{std::nullopt, wait};
    throttle_.begun(mono_now(), shown);

    auto find = [login](sql::Database& db) { return centres::UserStore::find_login(db, login); };
    auto found = co_await stores_.read(find);
    if (!found) co_return found.error();
    const std::optional<centres::UserRow>& user = *found;
    const std::string hash =
        user ? user->password_hash.reveal() : std::string(password::nobodys_hash());
    auto check = [password, hash] { return password::verify(password, hash); };
    const bool is_right = co_await pool_.run(check);
    if (!user || !is_right || !user->is_active) {
        throttle_.failed(mono_now(), source);
        const CentreId centre = user ? user->centre_id : CentreId{};
        const bool is_closed = user && is_right && !user->is_active;
        YS_CO_TRY([[maybe_unused]] const auto noted,
                  co_await note_refusal(centre, shown, is_closed ? "disabled" : "wrong", source));
        co_return Attempt{std::nullopt, Seconds{0}};
    }
    throttle_.succeeded(shown);
    YS_CO_TRY(SignedIn signed_in, co_await open(*user, source, std::move(old_token)));
    co_return Attempt{std::move(signed_in), Seconds{0}};
}

Task<Done> Sessions::note_refusal(CentreId centre, std::string login, std::string why,
                                  std::string source) {
    const facts::Fact fact{utc_now(), centre, InteractionId{}, AgentId{},
                           facts::SignInRefused{login, why, source}};
    auto work = [fact](sql::Transaction& tx) { return journal::Journal::append(tx, {&fact, 1}); };
    co_return co_await stores_.write(work);
}

Task<Sessions::SignedIn> Sessions::open(centres::UserRow user, std::string source,
                                        std::string old_token) {
    const std::string token = password::random_token();
    const UtcTime now = utc_now();
    centres::UserStore::Signed row;
    row.session = {.token_hash = password::sha256_hex(token),
                   .user_id = user.id,
                   .created_at = now,
                   .expires_at = UtcTime{now.us + us_of(limits_.age_max)},
                   .csrf = Secret<std::string>{password::random_token(24)}};
    row.user = std::move(user);
    const facts::Fact fact{now, row.user.centre_id, InteractionId{}, AgentId{row.user.id.value},
                           facts::SignedIn{row.user.id.value, source}};
    const std::string old_hash = old_token.empty() ? "" : password::sha256_hex(old_token);
    const centres::SessionRow session = row.session;
    auto work = [session, fact, old_hash, now](sql::Transaction& tx) -> Result<Done> {
        using centres::UserStore;
        YS_TRY([[maybe_unused]] const auto swept, UserStore::delete_expired_sessions(tx, now));
        if (!old_hash.empty()) {
            YS_TRY([[maybe_unused]] const auto ended, UserStore::delete_session(tx, old_hash));
        }
        YS_TRY([[maybe_unused]] const auto added, UserStore::add_session(tx, session));
        return journal::Journal::append(tx, {&fact, 1});
    };
    YS_CO_TRY([[maybe_unused]] const auto written, co_await stores_.write(work));
    used_at_[session.token_hash] = mono_now();
    co_return SignedIn{token, session_user(row)};
}

bool Sessions::is_idle_too_long(const std::string& token_hash) {
    const Instant now = mono_now();
    const auto [entry, is_new] = used_at_.try_emplace(token_hash, now);
    const bool is_idle = now - entry->second > limits_.idle_max;
    if (!is_idle) entry->second = now;
    return is_idle;
}

Task<std::optional<SessionUser>> Sessions::find(std::string token) {
    if (token.size() != token_characters) co_return std::optional<SessionUser>{};
    auto found = co_await find_by_hash(password::sha256_hex(token));
    co_return found;
}

Task<std::optional<SessionUser>> Sessions::find_by_hash(std::string token_hash) {
    const UtcTime now = utc_now();
    auto query = [token_hash, now](sql::Database& db) {
        return centres::UserStore::find_session(db, token_hash, now);
    };
    auto found = co_await stores_.read(query);
    if (!found) co_return found.error();
    if (!*found) {
        used_at_.erase(token_hash);
        co_return std::optional<SessionUser>{};
    }
    SessionUser user = session_user(**found);
    if (!is_idle_too_long(token_hash)) co_return std::optional<SessionUser>{std::move(user)};
    YS_CO_TRY([[maybe_unused]] const auto ended, co_await sign_out(user));
    co_return std::optional<SessionUser>{};
}

Task<Done> Sessions::sign_out(const SessionUser& user) {
    const facts::Fact fact{utc_now(), user.user.centre, InteractionId{},
                           AgentId{user.user.id.value}, facts::SignedOut{user.user.id.value}};
    const std::string hash = user.token_hash;
    used_at_.erase(hash);
    auto work = [hash, fact](sql::Transaction& tx) -> Result<Done> {
        YS_TRY([[maybe_unused]] const auto gone, centres::UserStore::delete_session(tx, hash));
        return journal::Journal::append(tx, {&fact, 1});
    };
    co_return co_await stores_.write(work);
}

}  // namespace ys::api
