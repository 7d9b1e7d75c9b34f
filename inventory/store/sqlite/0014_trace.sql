-- Ways back: from a lot to its moves and papers, from an act to its paper, from a price to who stood for it.
-- Without the site: a planner that knows no numbers would read the whole site's moves in their own order.
CREATE INDEX stock_move_by_lot ON stock_move (lot_id, act_id, line);
CREATE INDEX transfer_line_by_lot ON transfer_line (site, lot_id, unit_id, transfer_id, line, qty_milli);
CREATE INDEX write_off_line_by_lot ON write_off_line (site, lot_id, unit_id, write_off_id, line, qty_milli);
CREATE INDEX stock_case_by_lot ON stock_case (site, lot_id, unit_id, number, act_id, qty_milli);
CREATE INDEX count_line_by_lot ON count_line (site, lot_id, unit_id, count_id, n, counted_milli);
CREATE INDEX label_print_for_trace ON label_print (site, lot_id, id, number, act_id, count);
CREATE INDEX document_no_by_act ON document_no (site, act_id, number);
CREATE INDEX price_decision_by_price ON price_decision (site, price_id, proposal_id);
