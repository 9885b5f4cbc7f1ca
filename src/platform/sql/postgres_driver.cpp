// SPDX-License-Identifier: Apache-2.0
// PostgreSQL behind Driver: libpq, one prepared statement per SQL text, parameters and rows as
// text.
#include <charconv>
#include <map>
#include <optional>
#include <vector>

#include <libpq-fe.h>

#include "base/overloaded.h"
#include "platform/sql/driver.h"
#include "platform/sql/errc.h"
#include "platform/sql/placeholders.h"
#include "platform/sql/valid_text.h"

namespace ys::sql {
namespace {

constexpr std::size_t statements_max = 256;
constexpr std::size_t sent_max = 64;
constexpr std::size_t said_of_sql = 200;  ///< bytes of a statement in its error
constexpr int text_format = 0;
constexpr int binary_format = 1;

struct Finish {
    void operator()(PGconn* c) const { PQfinish(c); }
};
struct Clear {
    void operator()(PGresult* r) const { PQclear(r); }
};
using Connection = std::unique_ptr<PGconn, Finish>;
using Answer = std::unique_ptr<PGresult, Clear>;

/// SQLSTATE classes, PostgreSQL manual, appendix A.
errc meaning(std::string_view state) {
    if (state == "23505") return errc::unique_violation;
    if (state.starts_with("23")) return errc::constraint;
    if (state == "55P03" || state.starts_with("40")) return errc::busy;
    if (state == "53100") return errc::full;
    if (state == "57014") return errc::busy;           // cancelled
    if (state == "08P01") return errc::bad_statement;  // too few parameters, and the like
    if (state.starts_with("57") || state.starts_with("08")) return errc::connection_lost;
    if (state.starts_with("58") || state.starts_with("53") || state.starts_with("XX"))
        return errc::io;
    return errc::bad_statement;
}

class PostgresRow final : public Row {
public:
    explicit PostgresRow(const PGresult* r) : r_(r) {}
    void go_to(int row) { row_ = row; }
    std::size_t columns() const override { return static_cast<std::size_t>(PQnfields(r_)); }
    bool is_null(std::size_t c) const override {
        return PQgetisnull(r_, row_, static_cast<int>(c)) != 0;
    }
    std::int64_t integer(std::size_t c) const override {
        std::int64_t n = 0;
        const auto t = text(c);
        std::from_chars(t.data(), t.data() + t.size(), n);
        return n;
    }
    double real(std::size_t c) const override {
        double d = 0;
        const auto t = text(c);
        std::from_chars(t.data(), t.data() + t.size(), d);
        return d;
    }
    std::string_view text(std::size_t c) const override {
        return {PQgetvalue(r_, row_, static_cast<int>(c)),
                static_cast<std::size_t>(PQgetlength(r_, row_, static_cast<int>(c)))};
    }
    Blob blob(std::size_t c) const override {
        std::size_t n = 0;
        auto* bytes = PQunescapeBytea(
            reinterpret_cast<const unsigned char*>(PQgetvalue(r_, row_, static_cast<int>(c))), &n);
        if (!bytes) return {};
        Blob out{{reinterpret_cast<const char*>(bytes), n}};
        PQfreemem(bytes);
        return out;
    }

private:
    const PGresult* r_;
    int row_ = 0;
};

/// The parameters in the shape libpq wants; owns their text.
class Parameters {
public:
    explicit Parameters(std::span<const Value> values) {
        texts_.reserve(values.size());
        for (const Value& value : values) add(value);
        for (std::size_t i = 0; i < texts_.size(); ++i)
            at_.push_back(is_null_[i] ? nullptr : texts_[i].c_str());
    }
    int size() const { return static_cast<int>(at_.size()); }
    const char* const* at() const { return at_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    void add(const Value& value) {
        std::array<char, 32> digits{};
        std::string text;
        int format = text_format;
        const auto number = [&](auto n) {
            const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), n).ptr;
            text.assign(digits.data(), end);
        };
        std::visit(overloaded{
                       [](std::monostate) {},
                       [&](std::int64_t n) { number(n); },
                       [&](double d) { number(d); },
                       [&](const std::string& t) { text = storable(t); },
                       [&](const Blob& b) {
                           text = b.bytes;
                           format = binary_format;
                       },
                   },
                   value);
        is_null_.push_back(std::holds_alternative<std::monostate>(value));
        lengths_.push_back(static_cast<int>(text.size()));
        formats_.push_back(format);
        texts_.push_back(std::move(text));
    }
    std::vector<std::string> texts_;
    std::vector<bool> is_null_;
    std::vector<const char*> at_;
    std::vector<int> lengths_, formats_;
};

class PostgresDriver final : public Driver {
public:
    PostgresDriver(Connection c, Access access) : c_(std::move(c)), access_(access) {}

    Result<Done> set_up() {
        // Names and times must not depend on the server's own configuration.
        std::string sql =
            "SET client_encoding='UTF8'; SET timezone='UTC'; SET client_min_messages=warning;"
            "SET lock_timeout='5s'; SET synchronous_commit=on; SET bytea_output='hex';"
            "SET standard_conforming_strings=on;";
        if (access_ == Access::ReadOnly) sql += "SET default_transaction_read_only=on;";
        return script(sql);
    }

    Result<std::int64_t> run(std::string_view sql, std::span<const Value> values,
                             const OnRow& on_row) override {
        YS_TRY(const Answer answer, answer_to(sql, values));
        PostgresRow row(answer.get());
        for (int i = 0; on_row && i < PQntuples(answer.get()); ++i) {
            row.go_to(i);
            on_row(row);
        }
        // "COMMIT" of a transaction that had failed says ROLLBACK, and is no error to libpq.
        const std::string_view tag = PQcmdStatus(answer.get());
        if (tag == "ROLLBACK" && sql == "COMMIT")
            return Error{errc::bad_statement, "commit of a transaction that had failed"};
        if (tag.starts_with("SELECT")) return std::int64_t{0};
        const std::string_view changed = PQcmdTuples(answer.get());
        std::int64_t n = 0;
        std::from_chars(changed.data(), changed.data() + changed.size(), n);
        return n;
    }

    /// In libpq's pipeline mode, which lasts until somebody needs an answer.
    Result<Done> run_soon(std::string_view sql, std::span<const Value> values) override {
        YS_TRY([[maybe_unused]] const Done sent, send(sql, values));
        // The server's answers must fit what the kernel buffers, or both would wait to write.
        return sent_.size() < sent_max ? Done{} : settle();
    }

    Result<Done> settle() override {
        if (sent_.empty()) return Done{};
        YS_TRY([[maybe_unused]] const Answer last, last_of_sent());
        return Done{};
    }

    Result<Done> script(const std::string& sql) override {
        YS_TRY([[maybe_unused]] const Done settled, settle());
        const Answer answer(PQexec(c_.get(), sql.c_str()));
        const auto status = PQresultStatus(answer.get());
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
            return Done{};
        return failure(sql, answer.get());
    }

    Result<Done> revive() override {
        // A server that went away while nothing was asked shows in its socket: first its last
        // words, then the end.
        if (PQstatus(c_.get()) == CONNECTION_OK && PQconsumeInput(c_.get()) == 1) [[maybe_unused]]
            const int ended = PQconsumeInput(c_.get());
        if (PQstatus(c_.get()) == CONNECTION_OK) return Done{};
        statements_.clear();
        sent_.clear();
        PQreset(c_.get());
        if (PQstatus(c_.get()) != CONNECTION_OK)
            return Error{errc::connection_lost, PQerrorMessage(c_.get())};
        return set_up();
    }

    bool is_in_transaction() const override {
        const auto status = PQtransactionStatus(c_.get());
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
    }

private:
    Error failure(std::string_view doing, const PGresult* answer) const {
        const char* state = answer ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
        const errc code = PQstatus(c_.get()) != CONNECTION_OK ? errc::connection_lost
                          : state                             ? meaning(state)
                                                              : errc::io;
        return Error{code,
                     std::string(doing.substr(0, said_of_sql)) + ": " + PQerrorMessage(c_.get())};
    }

    static bool is_good(const PGresult* answer) {
        const auto status = PQresultStatus(answer);
        return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
    }

    Result<Answer> answer_to(std::string_view sql, std::span<const Value> values) {
        if (!sent_.empty()) {
            YS_TRY([[maybe_unused]] const Done sent, send(sql, values));
            return last_of_sent();
        }
        YS_TRY(const std::string name, prepared(sql));
        const Parameters p(values);
        Answer answer(PQexecPrepared(c_.get(), name.c_str(), p.size(), p.at(), p.lengths(),
                                     p.formats(), text_format));
        if (!is_good(answer.get())) return failure(sql, answer.get());
        return answer;
    }

    Result<Done> send(std::string_view sql, std::span<const Value> values) {
        YS_TRY(const std::string name, prepared(sql));
        const Parameters p(values);
        if (sent_.empty() && PQenterPipelineMode(c_.get()) != 1) return failure(sql, nullptr);
        sent_.emplace_back(sql.substr(0, said_of_sql));
        if (PQsendQueryPrepared(c_.get(), name.c_str(), p.size(), p.at(), p.lengths(), p.formats(),
                                text_format) == 1)
            return Done{};
        sent_.pop_back();
        if (sent_.empty()) PQexitPipelineMode(c_.get());
        return failure(sql, nullptr);
    }

    /// The answer to the last statement sent; the error of the first that failed, after which the
    /// server has done none (PostgreSQL manual, 34.5.1).
    Result<Answer> last_of_sent() {
        const std::vector<std::string> sent = std::exchange(sent_, {});
        Answer last;
        std::optional<Error> failed;
        if (PQpipelineSync(c_.get()) != 1) failed = failure(sent.front(), nullptr);
        for (std::size_t i = 0; i < sent.size() && PQstatus(c_.get()) == CONNECTION_OK; ++i) {
            last.reset(PQgetResult(c_.get()));
            if (!failed && !is_good(last.get())) failed = failure(sent[i], last.get());
            while (PQstatus(c_.get()) == CONNECTION_OK && Answer(PQgetResult(c_.get()))) {
            }
        }
        const Answer end(PQgetResult(c_.get()));
        const bool is_over =
            PQresultStatus(end.get()) == PGRES_PIPELINE_SYNC && PQexitPipelineMode(c_.get()) == 1;
        if (!failed && !is_over) failed = failure(sent.back(), end.get());
        if (failed) return *failed;
        return last;
    }

    Result<std::string> prepared(std::string_view sql) {
        if (const auto at = statements_.find(sql); at != statements_.end()) return at->second;
        YS_TRY([[maybe_unused]] const Done settled, settle());
        if (statements_.size() >= statements_max) {
            YS_TRY([[maybe_unused]] const auto gone, script("DEALLOCATE ALL"));
            statements_.clear();
        }
        std::string name = "s" + std::to_string(++last_name_);
        const Answer answer(PQprepare(c_.get(), name.c_str(), numbered(sql).c_str(), 0, nullptr));
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return failure(sql, answer.get());
        return statements_.emplace(sql, name).first->second;
    }

    Connection c_;
    Access access_;
    std::map<std::string, std::string, std::less<>> statements_;
    std::vector<std::string> sent_;  ///< what waits for its answer, as an error would tell it
    std::uint64_t last_name_ = 0;
};

}  // namespace

Result<std::unique_ptr<Driver>> open_postgres(const std::string& url, Access access) {
    // The URI is expanded in place of dbname; what it does not say is taken from here.
    const std::array keys{"connect_timeout", "fallback_application_name", "tcp_user_timeout",
                          "dbname", static_cast<const char*>(nullptr)};
    const std::array values{"5", "yingsheng", "10000", url.c_str(),
                            static_cast<const char*>(nullptr)};
    Connection c(PQconnectdbParams(keys.data(), values.data(), 1));
    if (!c || PQstatus(c.get()) != CONNECTION_OK)
        return Error{errc::connection_lost,
                     "connecting: " + std::string(c ? PQerrorMessage(c.get()) : "no memory")};
    // What the server says beside its answers would go to stderr, past our log.
    PQsetNoticeProcessor(
        c.get(), [](void*, const char*) {}, nullptr);
    auto driver = std::make_unique<PostgresDriver>(std::move(c), access);
    YS_TRY([[maybe_unused]] const auto set, driver->set_up());
    return std::unique_ptr<Driver>(std::move(driver));
}

}  // namespace ys::sql
