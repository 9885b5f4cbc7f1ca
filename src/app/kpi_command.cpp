// SPDX-License-Identifier: Apache-2.0
// `yingsheng kpi --from … --to …`: every figure recomputed from facts alone.
#include <algorithm>
#include <iomanip>
#include <iostream>

#include "app/commands.h"
#include "app/kpi.h"
#include "app/seed.h"
#include "cases/handbook.h"
#include "centres/io/user_store.h"
#include "platform/clock.h"
#include "platform/json/described_json.h"
#include "reports/case_list.h"
#include "reports/formulas.h"
#include "reports/io/case_reading.h"

namespace ys::app {
namespace {

struct Asked {
    sql::Database db;
    Scope scope;
    KpiQuery query;
};

Result<Asked> asked_of(const KpiFlags& flags) {
    KpiQuery query;
    YS_TRY(query.window.from, parse_rfc3339(flags.from));
    YS_TRY(query.window.to, parse_rfc3339(flags.to));
    if (query.window.from >= query.window.to)
        return Error{std::errc::invalid_argument, "--from must be before --to"};
    query.until = utc_now();
    if (!flags.until.empty()) {
        YS_TRY(query.until, parse_rfc3339(flags.until));
    }
    YS_TRY(auto db, sql::Database::open(flags.store.url(), sql::Access::ReadOnly));
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    Scope everywhere;
    for (const auto& centre : centres) everywhere.centres.push_back(centre.id);
    return Asked{std::move(db), std::move(everywhere), query};
}

Result<boost::json::value> figures(const KpiFlags& flags) {
    YS_TRY(Asked asked, asked_of(flags));
    return kpi_of(asked.db, asked.scope, asked.query);
}

Result<boost::json::value> list_surveys(const KpiFlags& flags) {
    YS_TRY(Asked asked, asked_of(flags));
    YS_TRY(const reports::SurveyKpi kpi, surveys_of(asked.db, asked.scope, asked.query));
    boost::json::array out;
    for (const reports::ListedSurvey& each : kpi.list()) {
        const bool is_other = (flags.centre != 0 && each.centre.value != flags.centre) ||
                              (flags.agent != 0 && each.agent.value != flags.agent);
        if (!is_other) out.push_back(json::to_value(each));
    }
    return boost::json::value(std::move(out));
}

/// Who runs this reads the whole store; still, what was told in confidence is not printed.
Result<boost::json::value> list(const KpiFlags& flags) {
    const auto figure = reports::case_figure_from(flags.list);
    if (!figure) return Error{std::errc::invalid_argument, "--list knows no figure " + flags.list};
    YS_TRY(Asked asked, asked_of(flags));
    YS_TRY(const reports::CaseKpi kpi,
           reports::read_cases(asked.db, asked.scope, asked.query.window, asked.query.until));
    const reports::ListOf of{*figure, CentreId{flags.centre}, flags.unit, AgentId{flags.agent}};
    const auto reasons = reports::case_reasons();
    boost::json::array out;
    for (reports::ListedCase each : reports::list_of(kpi.cases(), of)) {
        if (cases::is_confidential(each.kind, each.nature)) {
            each.case_id = {};
            each.number = "保密";
        }
        boost::json::object row = json::to_value(each).as_object();
        const auto reason = std::ranges::find(reasons, each.why, &reports::Reason::why);
        row["zh"] = reason->zh;
        row["en"] = reason->en;
        out.push_back(std::move(row));
    }
    return boost::json::value(std::move(out));
}

void print_calls(const boost::json::object& calls) {
    for (const auto& [figure, value] : calls)
        if (!value.is_null() && value != 0)
            std::cout << "    " << figure << " " << boost::json::serialize(value) << "\n";
}

void print_rates(const boost::json::object& row) {
    for (const auto& rate : row.at("figures").as_array()) {
        std::cout << "    " << rate.at("figure").as_string().c_str() << " ";
        const auto& value = rate.at("value");
        const bool is_share = rate.at("measure") == "share";
        if (value.is_null())
            std::cout << "-";
        else if (is_share)
            std::cout << std::fixed << std::setprecision(1) << value.to_number<double>() * 100
                      << "%";
        else
            std::cout << std::fixed << std::setprecision(1) << value.to_number<double>();
        std::cout << " = " << rate.at("numerator") << " / " << rate.at("denominator")
                  << ", not counted " << rate.at("apart") << "\n";
    }
}

void print_cases(const boost::json::object& report) {
    const auto& cases = report.at("cases").as_object();
    for (const auto& row : cases.at("centres").as_array()) {
        std::cout << "cases of centre " << row.at("centre") << "\n";
        print_rates(row.as_object());
    }
    for (const auto& row : cases.at("units").as_array()) {
        std::cout << "cases of unit " << row.at("unit") << "\n";
        print_rates(row.as_object());
    }
    for (const auto& row : cases.at("agents").as_array()) {
        std::cout << "cases of agent " << row.at("agent") << "\n";
        print_rates(row.as_object());
    }
    if (cases.at("centres").as_array().empty() && cases.at("agents").as_array().empty()) return;
    std::cout << "formulas\n";
    for (const auto& formula : report.at("case_formulas").as_array())
        std::cout << "    " << formula.at("figure").as_string().c_str() << "\n        "
                  << formula.at("zh").as_string().c_str() << "\n        "
                  << formula.at("en").as_string().c_str() << "\n";
}

void print_surveys(const boost::json::object& report) {
    const auto& surveys = report.at("surveys").as_object();
    const auto print_rows = [&](const char* whose, const char* list) {
        for (const auto& row : surveys.at(list).as_array()) {
            std::cout << "surveys of " << whose << " " << row.at(whose) << ", "
                      << row.at("about").as_string().c_str() << ", "
                      << row.at("channel").as_string().c_str() << "\n";
            for (const auto& formula : report.at("survey_formulas").as_array()) {
                const std::string figure(formula.at("figure").as_string());
                std::cout << "    " << figure << " " << boost::json::serialize(row.at(figure))
                          << "\n";
            }
        }
    };
    print_rows("centre", "centres");
    print_rows("agent", "agents");
    if (surveys.at("centres").as_array().empty()) return;
    std::cout << "formulas of surveys\n";
    for (const auto& formula : report.at("survey_formulas").as_array())
        std::cout << "    " << formula.at("figure").as_string().c_str() << "\n        "
                  << formula.at("zh").as_string().c_str() << "\n        "
                  << formula.at("en").as_string().c_str() << "\n";
}

void print(const boost::json::object& report) {
    for (const auto& row : report.at("centres").as_array()) {
        std::cout << "centre " << row.at("centre") << "\n";
        print_calls(row.at("calls").as_object());
    }
    for (const auto& row : report.at("queues").as_array()) {
        std::cout << "queue " << row.at("queue") << "\n";
        print_calls(row.at("calls").as_object());
    }
    for (const auto& row : report.at("agents").as_array()) {
        std::cout << "agent " << row.at("agent") << "\n";
        print_calls(row.as_object());
    }
    print_surveys(report);
    print_cases(report);
}

void print_listed_surveys(const boost::json::array& listed) {
    for (const auto& row : listed)
        std::cout << row.at("asked_at").as_string().c_str() << "\t"
                  << row.at("about").as_string().c_str() << " "
                  << (row.at("about") == "case" ? row.at("case_id") : row.at("interaction")) << "\t"
                  << row.at("channel").as_string().c_str() << "\tagent " << row.at("agent")
                  << "\tsolved " << row.at("solved") << "\tscore " << row.at("score") << "\n";
}

void print(const boost::json::array& listed) {
    for (const auto& row : listed)
        std::cout << row.at("counted").as_string().c_str() << "\t"
                  << row.at("number").as_string().c_str() << "\t"
                  << row.at("kind").as_string().c_str() << "\t"
                  << row.at("filed_at").as_string().c_str() << "\tunit " << row.at("unit")
                  << "\tagent " << row.at("agent") << "\t" << row.at("zh").as_string().c_str()
                  << " / " << row.at("en").as_string().c_str() << "\n";
}

}  // namespace

int run_kpi(const KpiFlags& flags) {
    const bool is_of_surveys = flags.list == "surveys";
    const auto answer = flags.list.empty() ? figures(flags)
                        : is_of_surveys    ? list_surveys(flags)
                                           : list(flags);
    if (!answer) {
        print_error(answer.error(), flags.store.as_json);
        const bool is_wrong_use = answer.error().code == std::errc::invalid_argument;
        return is_wrong_use ? exit_wrong_use : exit_failed;
    }
    if (flags.store.as_json)
        std::cout << boost::json::serialize(*answer) << "\n";
    else if (is_of_surveys)
        print_listed_surveys(answer->get_array());
    else if (answer->is_array())
        print(answer->get_array());
    else
        print(answer->get_object());
    return exit_done;
}

}  // namespace ys::app
