#pragma once
// A club whose members pay each other, with vouchers, visits and bicycles for sale. For tests only.

namespace sextant::semantic {

inline constexpr const char* kClub = R"(
CREATE TABLE members (uid BIGINT, username VARCHAR, first_name VARCHAR, last_name VARCHAR,
  city VARCHAR, country VARCHAR);
INSERT INTO members VALUES (1, 'ann', 'Ann', 'Moor', 'Graz', 'AT'), (2, 'bo', 'Bo', 'Lind', 'Wien', 'AT'),
  (3, 'cai', 'Cai', 'Voss', 'Bonn', 'DE'), (4, 'dee', 'Dee', 'Hart', 'Bonn', 'DE'),
  (5, 'eva', 'Eva', 'Stern', 'Lyon', 'FR'), (6, 'fay', 'Fay', 'Roy', 'Graz', 'AT');
CREATE TABLE vouchers (vid BIGINT, code VARCHAR, valid_from DATE);
INSERT INTO vouchers VALUES (1, 'SPRING', '2024-03-01'), (2, 'SUMMER', '2024-06-01'),
  (3, 'AUTUMN', '2024-09-01'), (4, 'WINTER', '2024-12-01');
CREATE TABLE transfers (txid BIGINT, sender_id BIGINT, receiver_id BIGINT, voucher_id BIGINT,
  amount DECIMAL(9,2), status VARCHAR, created_at TIMESTAMP);
INSERT INTO transfers VALUES
  (101, 1, 2, 2, 40, 'success', '2024-01-05 10:00:00'), (102, 2, 3, 2, 10, 'success', '2024-02-07 11:00:00'),
  (103, 3, 1, 1, 25, 'failed', '2024-02-09 12:00:00'), (104, 4, 5, NULL, 30, 'success', '2024-05-01 09:00:00'),
  (105, 5, 6, 2, 5, 'success', '2024-05-20 18:00:00'), (106, 6, 4, 1, 15, 'refund', '2024-07-02 08:00:00');
CREATE TABLE visits (visit_id BIGINT, member_id BIGINT, device VARCHAR, visit_start TIMESTAMP,
  visit_end TIMESTAMP);
INSERT INTO visits VALUES
  (501, 1, 'web', '2024-01-01 10:00:00', '2024-01-01 10:20:00'),
  (502, 2, 'app', '2024-01-02 10:00:00', '2024-01-02 10:05:00'),
  (503, 3, 'app', '2024-01-03 10:00:00', '2024-01-03 10:15:00'),
  (504, 3, 'web', '2024-01-04 10:00:00', '2024-01-04 10:40:00');
CREATE TABLE notices (id BIGINT, member_id BIGINT, kind VARCHAR, device VARCHAR);
INSERT INTO notices VALUES (701, 1, 'promotion', 'mail'), (702, 2, 'billing', 'mail'),
  (703, 2, 'promotion', 'app'), (704, 5, 'promotion', 'app');
CREATE TABLE bicycles (bicycle_id BIGINT, make VARCHAR, model VARCHAR, cost DECIMAL(9,2));
INSERT INTO bicycles VALUES (201, 'Puch', 'Tour', 300), (202, 'Puch', 'Race', 700),
  (203, 'Hercules', 'City', 250), (204, 'Gazelle', 'Cargo', 1500);
CREATE TABLE sellers (seller_id BIGINT, first_name VARCHAR, last_name VARCHAR, hire_date DATE);
INSERT INTO sellers VALUES (301, 'Kim', 'Berg', '2022-04-01'), (302, 'Lou', 'Thal', '2023-11-01');
CREATE TABLE sales (sale_id BIGINT, bicycle_id BIGINT, seller_id BIGINT, sale_price DECIMAL(9,2),
  sale_date DATE);
INSERT INTO sales VALUES (401, 201, 301, 450, '2024-01-15'), (402, 201, 302, 470, '2024-03-31'),
  (403, 202, 301, 990, '2024-04-01'), (404, 203, 302, 350, '2024-06-30'),
  (405, 201, 301, 460, '2024-09-12');
)";

}  // namespace sextant::semantic
