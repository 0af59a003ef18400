#include <algorithm>

#include "api/queries.h"
#include "api/statement_input.h"
#include "http/hub.h"

namespace sextant::api {
namespace {

struct ExportInput : StatementInput {
  wire::ExportFormat format = wire::ExportFormat::csv;
  std::optional<std::string> file_name;
  std::optional<std::string> saved_query_id;
  std::optional<std::string> client_run_id;

  static constexpr http::FieldDoc kDocs[] = {
      {"sql_query", "One SELECT; {{name}} and $name are parameters"},
      {"parameters", "Values by name; bound, never pasted"},
      {"parameter_types", "By name; not given: the type that the statement needs there"},
      {"data_source_ids", "Only the tables of these sources can be read"},
      {"file_name", "Of the download, with or without its ending; result when not given"},
      {"client_run_id", "1 to 64 of A-Z a-z 0-9 _ -: a name to follow and to cancel it by"}};

  std::vector<json::FieldError> validate() const {
    std::vector<json::FieldError> errors = StatementInput::validate();
    check_run_name(client_run_id, errors);
    if (file_name && file_name->size() > 200) {
      errors.push_back({"file_name", "has more than 200 bytes"});
    }
    return errors;
  }
};
BOOST_DESCRIBE_STRUCT(ExportInput, (StatementInput),
                      (format, file_name, saved_query_id, client_run_id))

struct DownloadInput {
  std::string ticket;
};
BOOST_DESCRIBE_STRUCT(DownloadInput, (), (ticket))

struct ExportReply {
  std::string file;  // the bytes of the file
};
BOOST_DESCRIBE_STRUCT(ExportReply, (), (file))

std::string_view media_type(wire::ExportFormat format) {
  switch (format) {
    case wire::ExportFormat::csv:
      return "text/csv; charset=utf-8";
    case wire::ExportFormat::json:
      return "application/json";
    case wire::ExportFormat::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case wire::ExportFormat::parquet:
      return "application/vnd.apache.parquet";
  }
  return "application/octet-stream";
}

// RFC 6266: the name in UTF-8, percent-encoded but for what RFC 5987 leaves plain.
std::string disposition(const ExportInput& input) {
  const std::string ending = "." + std::string(json::enum_name(input.format));
  std::string name = input.file_name.value_or("result");
  if (name.empty()) name = "result";
  if (!name.ends_with(ending)) name += ending;
  std::string encoded;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(byte) || c == '.' || c == '-' || c == '_';
    if (plain) {
      encoded.push_back(c);
    } else {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return "attachment; filename*=UTF-8''" + encoded;
}

Result<> export_file(queries::QueryService& service, const catalog::Principal& who,
                     std::stop_token stop, const ExportInput& input, http::ResponseWriter& writer) {
  queries::Execution execution = input.execution();
  execution.saved_query_id = input.saved_query_id;
  execution.client_run_id = input.client_run_id;
  execution.limit = 0;
  const auto bytes = [&](std::string_view piece) -> Result<> {
    if (!writer.started()) {
      TRY_VOID(writer.start(200, std::string(media_type(input.format)),
                            {{"Content-Disposition", disposition(input)}}));
    }
    return writer.write(piece);
  };
  TRY_VOID(service.export_result(who, execution, input.format, bytes, std::move(stop)));
  return {};
}

}  // namespace

void add_query_export_route(http::Router& router, queries::QueryService& service) {
  router.stream<ExportInput, ExportReply>(
      {.method = http::Method::post,
       .path = "/api/queries/export",
       .tag = "queries",
       .summary = "The whole result of a statement as a file",
       .description =
           "Answers with the bytes of the file, not with JSON. csv and json come as they are "
           "computed; xlsx and parquet once they are complete, meanwhile GET /api/queries/running "
           "shows the rows. Texts that a spreadsheet would run get a leading ' in csv.",
       .cost = http::Cost::slow},
      [&service](const http::RequestContext& c, const ExportInput& in,
                 http::ResponseWriter& writer) {
        return export_file(service, *c.principal, c.stop, in, writer);
      });

  router.route<ExportInput, http::Ticket>(
      {.method = http::Method::post,
       .path = "/api/queries/export/ticket",
       .tag = "queries",
       .summary = "A ticket with which a browser streams an export to disk",
       .description = "Takes what the export takes. Open /api/queries/download?ticket=… as a link. "
                      "A ticket works once, for a minute, in the caller's name. A statement that "
                      "can not be run is refused here already.",
       .status = 201,
       .cost = http::Cost::slow},
      [&service](const http::RequestContext& c, const ExportInput& in) -> Result<http::Ticket> {
        TRY_VOID(service.check(*c.principal, in.execution(), c.stop));
        TRY(auto ticket, service.downloads().issue(*c.principal, json::to_value(in)));
        return http::Ticket{std::move(ticket), queries::kDownloadTicketSeconds};
      });

  router.stream<DownloadInput, ExportReply>(
      {.method = http::Method::get,
       .path = "/api/queries/download",
       .tag = "queries",
       .summary = "The export that a ticket stands for",
       .description = "As POST /api/queries/export; the ticket stands for the log-in.",
       .access = http::Access::open,
       .cost = http::Cost::slow},
      [&service](const http::RequestContext& c, const DownloadInput& in,
                 http::ResponseWriter& writer) -> Result<> {
        TRY(const auto redeemed, service.downloads().redeem(in.ticket));
        TRY(const auto input, json::from_value<ExportInput>(redeemed.request));
        return export_file(service, redeemed.who, c.stop, input, writer);
      });
}

}  // namespace sextant::api
