// SPDX-License-Identifier: Apache-2.0
// Described structs as rows: the fields are the columns, in their order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/mp11.hpp>

#include "base/described.h"
#include "platform/sql/database.h"

namespace ys::sql {

template <class T>
using fields_of = boost::describe::describe_members<T, boost::describe::mod_public |
                                                           boost::describe::mod_inherited>;

/// "id, centre_id, name"; with prefix "c." "c.id, c.centre_id, c.name"
template <class T>
std::string columns(std::string_view prefix = {}) {
    std::string out;
    boost::mp11::mp_for_each<fields_of<T>>([&](auto field) {
        if (!out.empty()) out += ", ";
        out += prefix;
        out += field.name;
    });
    return out;
}

template <class T>
std::vector<Value> values_of(const T& t) {
    std::vector<Value> out;
    boost::mp11::mp_for_each<fields_of<T>>(
        [&](auto field) { out.push_back(to_sql(t.*field.pointer)); });
    return out;
}

/// Reads the columns in the order of columns<T>(), starting at `first`.
template <class T>
T read_row(const Row& row, std::size_t first = 0) {
    T t{};
    std::size_t c = first;
    boost::mp11::mp_for_each<fields_of<T>>([&](auto field) { row.get(c++, t.*field.pointer); });
    return t;
}

/// SELECT <columns of T> <rest>; rest begins with FROM.
template <class T>
Result<std::vector<T>> select_with(Database& db, std::string_view rest,
                                   std::span<const Value> values) {
    std::vector<T> out;
    std::string sql = "SELECT " + columns<T>() + ' ';
    sql += rest;
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with(sql, values, [&](const Row& row) { out.push_back(read_row<T>(row)); }));
    return out;
}
template <class T, class... Args>
Result<std::vector<T>> select(Database& db, std::string_view rest, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_sql(args)...};
    return select_with<T>(db, rest, values);
}
/// The first row, or nothing.
template <class T, class... Args>
Result<std::optional<T>> select_one(Database& db, std::string_view rest, const Args&... args) {
    YS_TRY(std::vector<T> all, (select<T>(db, rest, args...)));
    if (all.empty()) return std::optional<T>{};
    return std::optional<T>{std::move(all.front())};
}

template <class T>
Result<std::optional<T>> select_one_with(Database& db, std::string_view rest,
                                         std::span<const Value> values) {
    YS_TRY(std::vector<T> all, select_with<T>(db, rest, values));
    if (all.empty()) return std::optional<T>{};
    return std::optional<T>{std::move(all.front())};
}

/// INSERT INTO table (...) VALUES (...) <rest>
template <class T>
std::string inserting(std::string_view table, std::string_view rest) {
    std::string sql = "INSERT INTO ";
    sql += table;
    sql += " (" + columns<T>() + ") VALUES (";
    for (std::size_t i = 0; i < boost::mp11::mp_size<fields_of<T>>::value; ++i)
        sql += i ? ",?" : "?";
    sql += ") ";
    sql += rest;
    return sql;
}
template <class T>
Result<std::int64_t> insert(Transaction& tx, std::string_view table, const T& t,
                            std::string_view rest = {}) {
    return tx.db().run_with(inserting<T>(table, rest), values_of(t), nullptr);
}
/// As Database::run_soon.
template <class T>
Result<Done> insert_soon(Transaction& tx, std::string_view table, const T& t,
                         std::string_view rest = {}) {
    return tx.db().run_soon_with(inserting<T>(table, rest), values_of(t));
}

/// For statements whose number of changed rows does not matter.
inline Result<Done> done(const Result<std::int64_t>& changed) {
    if (!changed) return changed.error();
    return Done{};
}
/// For a row that must have been there, in this centre.
/// errors  not_found
inline Result<Done> found(const Result<std::int64_t>& changed, std::string_view doing) {
    if (!changed) return changed.error();
    if (*changed == 0) return Error{errc::not_found, std::string(doing)};
    return Done{};
}

template <class T>
std::string over_the_row_with(std::string_view key) {
    std::string rest = "ON CONFLICT (";
    rest += key;
    rest += ") DO UPDATE SET ";
    bool is_first = true;
    boost::mp11::mp_for_each<fields_of<T>>([&](auto field) {
        if (!is_first) rest += ", ";
        is_first = false;
        rest += std::string(field.name) + " = excluded." + field.name;
    });
    return rest;
}
/// Inserts, or writes over every field of the row whose id this is.
template <class T>
Result<std::int64_t> put(Transaction& tx, std::string_view table, const T& t,
                         std::string_view key = "id") {
    return insert(tx, table, t, over_the_row_with<T>(key));
}
/// As Database::run_soon.
template <class T>
Result<Done> put_soon(Transaction& tx, std::string_view table, const T& t,
                      std::string_view key = "id") {
    return insert_soon(tx, table, t, over_the_row_with<T>(key));
}

}  // namespace ys::sql
