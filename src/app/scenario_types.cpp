// SPDX-License-Identifier: Apache-2.0
#include "app/scenario_types.h"

#include <set>

#include "app/embedded_text.h"
#include "app/scenario_file.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "platform/config/toml_text.h"

namespace ys::app {
namespace {

struct WorkflowText {
    std::string title, text;
};
BOOST_DESCRIBE_STRUCT(WorkflowText, (), (title, text))
struct PresetText {
    std::string title, row;
};
BOOST_DESCRIBE_STRUCT(PresetText, (), (title, row))
struct TypeFile {
    std::vector<WorkflowText> workflow;
    std::vector<PresetText> clock_preset;
    std::vector<cases::TypeText> case_type;
};
BOOST_DESCRIBE_STRUCT(TypeFile, (), (workflow, clock_preset, case_type))

constexpr std::string_view file_name = "case_types.toml";

/// The hotline's own, else the one for all.
Result<std::string> text_of_file(const std::string& scenario) {
    YS_TRY(std::string own, scenario_file(scenario, file_name));
    if (!own.empty()) return own;
    return std::string(embedded_text(file_name).value_or(std::string_view{}));
}

std::string faults_in(const std::vector<cases::TypeText>& types, const cases::Handbook& handbook) {
    std::string out;
    std::set<std::string> codes;
    for (const cases::TypeText& type : types) {
        const auto fault = [&](const std::string& at, std::string_view why) {
            out += "case_type " + type.code + ": " + at + " " + std::string(why) + "\n";
        };
        if (!codes.insert(type.code).second) fault("code", "taken");
        for (const cases::TypeFault& each : cases::faults(type, handbook))
            fault(each.field, each.code);
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

Result<ScenarioTypes> case_types_of(const std::string& scenario) {
    YS_TRY(const std::string text, text_of_file(scenario));
    YS_TRY(TypeFile file, config::read_toml<TypeFile>(text, file_name));
    ScenarioTypes out;
    for (WorkflowText& each : file.workflow) {
        if (each.title.empty())
            return Error{std::errc::invalid_argument,
                         std::string(file_name) + ": a workflow needs a title"};
        out.rules.workflows.push_back({std::move(each.title), std::move(each.text)});
    }
    for (PresetText& each : file.clock_preset) {
        if (each.title.empty() || each.row.find('\n') != std::string::npos)
            return Error{std::errc::invalid_argument,
                         std::string(file_name) + ": a clock_preset needs a title and one row"};
        out.rules.presets.push_back({std::move(each.title), std::move(each.row)});
    }
    out.types = std::move(file.case_type);
    return out;
}

Result<Done> check_case_types(const std::vector<cases::TypeText>& types,
                              const cases::Handbook& handbook) {
    const std::string faults = faults_in(types, handbook);
    if (faults.empty()) return Done{};
    return Error{std::errc::invalid_argument, std::string(file_name) + ": " + faults};
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
