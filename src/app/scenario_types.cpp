// SPDX-License-Identifier: Apache-2.0
#include "app/scenario_types.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "app/embedded_text.h"
#include "cases/case_form.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "platform/config/toml_text.h"

namespace ys::app {
namespace {

struct TypeFile {
    std::vector<cases::TypeText> case_type;
};
BOOST_DESCRIBE_STRUCT(TypeFile, (), (case_type))

constexpr std::string_view file_name = "case_types.toml";

Result<std::string> text_of_file(const std::string& scenario) {
    if (scenario.find('/') != std::string::npos) {
        const auto path = std::filesystem::path(scenario) / file_name;
        if (std::filesystem::exists(path)) {
            std::ifstream file(path, std::ios::binary);
            std::stringstream text;
            if (!file || !(text << file.rdbuf()))
                return Error{std::errc::io_error, "cannot read " + path.string()};
            return text.str();
        }
    }
    const auto own = embedded_text(scenario + "/" + std::string(file_name));
    return std::string(own ? *own : embedded_text(file_name).value_or(std::string_view{}));
}

std::string faults_in(const std::vector<cases::TypeText>& types) {
    std::string out;
    std::set<std::string> codes;
    for (const cases::TypeText& type : types) {
        const auto fault = [&](const std::string& at, std::string_view why) {
            out += "case_type " + type.code + ": " + at + " " + std::string(why) + "\n";
        };
        if (!codes.insert(type.code).second) fault("code", "taken");
        const cases::Kind* kind = cases::find_kind(type.code);
        if (kind == nullptr) fault("code", "unknown_kind");
        if (kind != nullptr && cases::nature_from(type.nature) != kind->nature)
            fault("nature", "by_kind");
        for (const cases::TypeFault& each : cases::faults(type)) fault(each.field, each.code);
    }
    return out;
}

Result<Done> put_types(sql::Transaction& tx, CentreId centre,
                       const std::vector<cases::TypeText>& types, UtcTime now) {
    YS_TRY(const auto there, cases::TypeStore::newest(tx.db(), {centre}));
    if (!there.empty()) return Done{};
    for (const cases::TypeText& text : types) {
        YS_TRY(cases::CaseType type, cases::type_of(text, 1));
        YS_TRY([[maybe_unused]] const auto known,
               cases::TypeStore::put(tx, {centre}, std::move(type), {.now = now}));
    }
    return Done{};
}

}  // namespace

Result<std::vector<cases::TypeText>> case_types_of(const std::string& scenario) {
    YS_TRY(const std::string text, text_of_file(scenario));
    YS_TRY(TypeFile file, config::read_toml<TypeFile>(text, file_name));
    const std::string faults = faults_in(file.case_type);
    if (!faults.empty())
        return Error{std::errc::invalid_argument, std::string(file_name) + ": " + faults};
    return std::move(file.case_type);
}

Result<Done> seed_case_types(sql::Writer& writer, const std::vector<cases::TypeText>& types,
                             UtcTime now) {
    return writer.submit_and_wait([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto centres, centres::UserStore::all_centres(tx.db()));
        for (const centres::CentreRow& centre : centres) {
            if (centre.parent_id) continue;
            YS_TRY([[maybe_unused]] const Done put, put_types(tx, centre.id, types, now));
        }
        return Done{};
    });
}

}  // namespace ys::app
