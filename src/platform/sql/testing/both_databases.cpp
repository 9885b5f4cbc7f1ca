// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/testing/both_databases.h"

namespace ys::sql::testing {

const std::string& StoreTest::url() {
    if (!url_.empty()) return url_;
    if (GetParam() == Engine::Sqlite) {
        folder_.emplace();
        url_ = "sqlite:" + folder_->path() + "/test.db";
    } else {
        url_ = must(shared_postgres().new_database());
    }
    return url_;
}

void StoreTest::open(const std::vector<Schema>& rooms) {
    db_.emplace(must(Database::open(url())));
    must(migrate(*db_, rooms));
}

Result<Done> StoreTest::write(const std::function<Result<Done>(Transaction&)>& work) {
    YS_TRY(Transaction tx, Transaction::begin(*db_));
    YS_TRY([[maybe_unused]] const auto done, work(tx));
    return tx.commit();
}

std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
    return info.param == Engine::Sqlite ? "sqlite" : "postgres";
}

}  // namespace ys::sql::testing
