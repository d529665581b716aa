"""What the window promises, sentence by sentence, and the tests that show it. A promise without a test fails."""

import pytest

from tests.named import without_test
from tests.shared import CHECKOUT

PROMISES = {
    "start page: one draft a row, sortable, Enter opens": "window::enter_opens_the_marked_draft_and_the_search_finds_it",
    "start page: the search takes pinyin initials": "start_page::words_in_any_order_and_initials_find_the_drafts",
    "start page: 新建 asks year and unit and remembers them": (
        "new_draft::a_new_draft_asks_for_year_and_unit_and_remembers_them"
    ),
    "start page: 从上年生成": "rollover::space_ticks_and_enter_makes_the_draft",
    "start page: files are imported, dropped ones too": "importing::the_report_is_shown_by_kind_before_anything_is_taken_over",
    "start page: 汇总单位": (
        "merging_units::the_drafts_of_the_start_page_become_a_departments_text "
        "merging_units::the_units_have_headings_where_they_are_wanted"
    ),
    "start page: 打开数据包": "packages::a_package_is_opened_from_the_start_page_with_its_versions",
    "start page: 恢复备份": "backups::the_backups_list_what_they_hold_and_bring_one_draft_back",
    "start page: 复制, 移入回收站 and back": "window::a_trashed_draft_can_be_had_back",
    "start page: the very first start says how to begin": "window::the_first_start_says_how_to_begin",
    "start page: destructive actions are undone by one button": (
        "start_page::what_went_into_the_trash_comes_back_by_one_button"
    ),
    "start page: the number of problems": "check_settings::the_start_page_counts_in_its_own_time",
    "steps: ✓, the number of problems or nothing": (
        "problems::steps_show_their_number_or_that_all_is_well problems::a_new_draft_shows_no_problem"
    ),
    "steps: Alt+1…6, Ctrl+PgUp/PgDn": "window::alt_and_a_number_and_ctrl_page_keys_jump_between_the_steps",
    "steps: back to the last field": "window::a_draft_opens_at_the_field_where_it_was_left",
    "steps: return to the field last typed in": "window::a_step_seen_again_has_the_cursor_where_it_was",
    "lists: add, copy, delete, move": (
        "window::items_are_added_copied_moved_and_deleted_each_in_one_step items::every_button_is_one_step_with_a_name"
    ),
    "lists: dragging": "indicator_sources::a_measure_dragged_in_the_list_moves_in_one_step",
    "① how it is printed is folded until it is wanted": "basics::how_it_is_printed_is_folded_until_somebody_wants_it",
    "the preview opens in half of the window": (
        "side_panel::the_preview_takes_half_of_the_window_and_the_others_their_own_width"
    ),
    "every panel has an entry in a menu; cut, copy, paste and select all, too": (
        "editing::every_panel_has_an_entry_in_a_menu editing::words_of_a_field_are_cut_and_pasted_elsewhere"
    ),
    "① is complete": "window::every_field_has_its_step",
    "② years and numbers as chips": "overall::years_and_numbers_stand_as_chips_the_wrong_year_in_words",
    "② a chip selects its words": "overall::a_click_on_a_chip_selects_its_words",
    "③ ④ the number is drawn": "window::the_own_number_of_an_item_stands_in_its_field_and_a_drawn_one_as_a_hint",
    "③ ④ a pasted numbered text is split when asked": (
        "splitting::a_paste_stands_as_it_came_and_is_split_when_the_user_says_so splitting::splitting_a_paste_loses_no_letter"
    ),
    "⑤ the code is checked as typed": "projects::the_code_is_checked_as_it_is_typed_and_when_it_is_left projects::the_wrong_place_of_a_code_is_named",
    "⑤ the third amount is offered": "projects::the_third_amount_is_offered_and_taken",
    "⑤ amounts are added up": "project_form::the_three_amounts_are_added_up_and_the_budget_is_told_in_the_other_unit",
    "⑤ the plan as a line, percent as 万元": (
        "project_form::the_plans_line_is_told_in_words_with_what_is_wrong project_form::a_plan_cell_tells_its_money_after_a_pause"
    ),
    "⑤ goals are numbered lines": "projects::goals_are_numbered_fields_and_keep_their_lines",
    "⑤ chips of the covered tiers": (
        "project_form::chips_show_which_second_tiers_a_project_has "
        "project_form::a_missing_tiers_chip_adds_a_row_where_it_belongs_as_one_step"
    ),
    "⑥ bars": "charts::the_bars_tell_each_budget_and_who_has_none charts::enter_on_a_bar_goes_to_the_projects_form",
    "⑥ weighted curve": "charts::the_curve_tells_its_points_and_which_projects_are_left_out",
    "⑥ coverage matrix": "charts::the_matrix_counts_rows_and_names_what_is_missing",
    "⑥ problems by step": "problems::the_last_step_shows_problems_by_step_and_writes_the_report",
    "⑥ out as a package": "packages::the_draft_goes_out_as_a_package",
    "⑥ out as Word, Excel, PDF, print": (
        "export_bar::the_text_goes_out_as_pdf export_bar::the_whole_text_is_printed "
        "window::an_export_is_told_in_the_window_with_a_way_to_open_it"
    ),
    "定稿 asks about errors and locks 沿用 marks": (
        "locking::a_text_with_errors_is_asked_about_before_it_is_final locking::what_is_carried_over_stays_so_in_a_final_text"
    ),
    "the window opens as large as it was left": "window_size::a_window_left_at_a_size_comes_back_at_it",
    "新建 proposes the unit as it was last corrected": (
        "new_draft::a_new_draft_proposes_the_unit_as_it_was_last_corrected"
    ),
    "定稿 locks": (
        "locking::every_field_is_read_and_not_edited locking::the_last_step_has_a_button_that_makes_final_and_one_that_opens_again "
        "indicator_table::a_final_draft_is_not_edited"
    ),
    "table: second tier follows the first": "indicator_table::second_tiers_follow_the_first",
    "table: equal tiers are merged": "indicator_table::equal_tiers_are_shown_merged_and_stay_cells",
    "table: completion by text and initials brings the rest": (
        "indicator_help_panel::pinyin_initials_offer_names_and_picking_one_fills_the_empty_cells_in_one_step "
        "indicator_help_panel::candidates_follow_the_rows_tiers indicator_help_panel::names_of_earlier_drafts_are_offered_first"
    ),
    "table: units by group, searched, added to": (
        "indicator_table::units_are_found_by_their_groups_name "
        "indicator_table::a_unit_of_ones_own_is_taken_and_stays_one_without_a_number "
        "indicator_help_panel::a_unit_somebody_added_is_offered_in_other_drafts"
    ),
    "table: 依据 remembers": "indicator_table::the_basis_remembers_what_the_draft_used",
    "table: typing replaces, F2 edits": (
        "indicator_table::typing_on_a_cell_replaces_its_text indicator_table::f2_goes_on_at_the_end_of_the_text"
    ),
    "table: Enter down, Tab right and on to a new row": (
        "indicator_table::enter_goes_down_and_tab_right "
        "indicator_table::tab_after_the_last_cell_makes_a_row_of_the_same_tiers"
    ),
    "table: Esc restores": "indicator_table::escape_brings_back_the_text",
    "table: long text wraps": "indicator_table::rows_grow_with_their_text",
    "table: copy and paste as text and HTML": (
        "indicator_rows::pasting_a_table_from_excel_adds_rows_in_one_step "
        "indicator_help_panel::a_table_of_word_with_merged_tiers_is_pasted_whole_in_one_step "
        "indicator_help_panel::a_copy_is_text_and_html_and_comes_back_the_same"
    ),
    "table: one value fills a selection": "indicator_rows::one_pasted_value_fills_the_selection",
    "table: unknown tiers are kept and marked": "indicator_table::unknown_tiers_from_imports_are_kept_and_offered",
    "table: Ctrl+D and Delete": (
        "indicator_rows::fill_down_is_one_step_and_keeps_the_value_to_the_letter "
        "indicator_rows::delete_empties_the_selection_in_one_step"
    ),
    "table: rows are dragged": "indicator_help_panel::a_row_dragged_by_its_number_moves_in_one_step",
    "table: several rows at once": "indicator_help_panel::a_value_typed_over_several_cells_fills_them_with_ctrl_enter_in_one_step",
    "table: 从指标库选": "indicator_sources::several_indicators_picked_from_the_library_are_added_in_one_step",
    "table: 复制其他项目的指标": "indicator_sources::indicators_of_another_project_are_copied_and_leave_it_as_it_is",
    "table: 参考历年": "indicator_sources::the_value_of_an_earlier_year_is_taken_in_one_step",
    "table: 合理排序": "indicator_help_panel::sensible_order_is_that_of_the_tiers_stable_and_one_step",
    "table: it has the room when one works in it": (
        "project_form::the_keyboard_in_the_table_brings_as_much_of_it_into_view_as_there_is_room_for"
    ),
    "input method everywhere": (
        "indicator_help_panel::composing_works_in_every_kind_of_editor "
        "typing::a_word_being_composed_is_neither_saved_half_nor_takes_the_selected_text_away"
    ),
    "find and replace": (
        "find::the_hits_are_listed_by_field_as_the_words_are_typed "
        "find::all_is_replaced_in_one_step_that_says_what_it_was find::only_ticked_hits_are_replaced"
    ),
    "undo covers everything and names its step": (
        "typing::undo_names_its_step_and_leads_to_the_place_it_changed importing::a_file_replaces_the_open_text_in_one_step"
    ),
    "saving is continuous": "typing::typing_is_on_the_disk_by_itself_while_the_field_has_the_focus",
    "Ctrl+S saves and says so, and leaves the cursor where it is": (
        "store_care::ctrl_s_saves_says_so_and_lets_one_go_on_typing "
        "store_care::an_unnamed_version_is_kept_only_where_the_text_changed"
    ),
    "a named version has its own key": "store_care::ctrl_shift_s_keeps_a_version_under_a_name",
    "undo is phrase by phrase": ("typing::undo_takes_back_a_phrase_and_leaves_the_ones_before"),
    "⑤ the table is what the step shows": (
        "table_first::on_a_small_screen_with_the_problems_open_eight_rows_of_the_sample_are_seen"
    ),
    "⑤ the form above folds to one line and opens with a key": (
        "table_first::a_key_opens_the_fields_with_the_cursor_in_them_and_leads_back_to_the_cell"
    ),
    "table: a row by suggestion takes at most eleven keys": (
        "cells_as_in_excel::a_row_by_suggestion_takes_eleven_keys_and_the_cursor_is_always_where_the_next_word_goes"
    ),
    "table: arrow, F4 and Alt+Down open the list of a cell": (
        "cells_as_in_excel::one_click_on_the_arrow_of_the_chosen_cell_opens_its_list "
        "cells_as_in_excel::a_key_opens_the_list_of_the_chosen_cell"
    ),
    "table: initials in every list": "cells_as_in_excel::initials_pick_in_every_list",
    "table: the fill handle": "cells_as_in_excel::the_fill_handle_fills_the_cells_it_is_dragged_over_in_one_step",
    "table: Ctrl+Tab leaves": "cells_as_in_excel::control_tab_leaves_the_table_and_keeps_what_is_typed",
    "results: cells as in the indicator table": (
        "result_cells::a_key_opens_the_list_of_the_chosen_cell_and_enter_takes_from_it "
        "result_cells::one_click_on_the_arrow_opens_the_list result_cells::initials_choose_in_a_list "
        "result_cells::the_first_word_composed_on_a_chosen_cell_replaces_what_stood_there"
    ),
    "start: what is to be done, one main button": "start_page::the_page_has_one_main_button_and_it_does_what_the_season_asks",
    "沿用上年: its list stays, 全部确认 asks": (
        "carried_over::the_list_stays_above_the_window_and_off_the_field_it_leads_to "
        "carried_over::the_last_step_counts_what_is_not_confirmed_and_asks_before_it_confirms_all"
    ),
    "package of a draft that is here": "packages::a_package_of_a_draft_that_is_here_already_asks",
    "table first in real texts": "table_first::other_funds_left_empty_because_there_are_none_keep_the_table_first",
    "items: Tab leads past the boxes": "items::tab_goes_from_one_place_to_write_to_the_next_and_past_the_boxes",
    "windows stay above the one they belong to": (
        "windows_above::what_a_menu_opens_belongs_to_the_window "
        "windows_above::no_dialog_is_made_without_the_window_it_belongs_to "
        "windows_above::the_comparison_leaves_the_field_free_that_it_leads_to"
    ),
    "results: names of columns and reports are read whole": (
        "report_widths::no_name_of_a_column_is_cut "
        "report_widths::the_chosen_report_is_named_whole_or_with_dots_and_a_tool_tip"
    ),
    "⑤ Tab leads from the amounts to what they are for": "project_form::tab_goes_from_the_amounts_to_what_they_are_for",
    "⑤ nothing moves when a hint or an offer comes": "project_form::nothing_moves_when_hints_and_offers_come",
    "⑤ nothing moves when panels open and close, or after a large paste": (
        "table_first::the_fields_stand_where_they_stood_before_a_panel_was_opened "
        "table_first::a_paste_of_three_hundred_rows_never_shows_a_collapsed_form"
    ),
    "a page is never painted before it has its place": "table_first::a_page_is_painted_first_where_it_stays",
    "table: after the last cell the next word is the name of a new row": (
        "row_begun_by_tab::the_next_word_is_the_name_under_the_tiers_of_the_row_before"
    ),
    "table: a second tier of another first one is said": (
        "cell_typing::a_second_tier_of_another_first_one_stays_and_that_is_said"
    ),
    "table: the list below a name does not move while one types": (
        "keys_without_waiting::the_list_below_a_name_stays_where_it_is_while_the_name_becomes_a_line_longer"
    ),
    "indicators that are offered name their second tier": "indicator_sources::each_row_that_is_offered_names_its_second_tier",
    "menus: saving, adding, folding stand where one looks for them": (
        "menus::saving_stands_with_the_files menus::the_menu_adds_to_the_list_of_the_page_and_opens_the_form"
    ),
    "table: an empty row that Tab began is not printed": "row_begun_by_tab::it_goes_when_the_table_is_left",
    "a double click takes a whole number": "number_selection::typing_after_a_double_click_replaces_the_whole_number",
    "a key is shown before anything else": (
        "keys_without_waiting::a_key_touches_no_other_field_of_the_project "
        "keys_without_waiting::a_key_in_a_cell_is_kept_at_once_and_the_page_follows "
        "keys_without_waiting::the_list_and_the_length_follow_after_a_pause "
        "page_index::after_an_edit_only_the_pages_that_changed_are_looked_through"
    ),
    "历史版本": (
        "store_care::the_history_says_in_words_what_changed_and_compares_any_two "
        "store_care::restoring_a_version_keeps_the_present_one_and_is_one_undo_step"
    ),
    "放弃本次修改": "store_care::discarding_goes_back_to_the_state_at_opening_and_can_be_undone",
    "problems: words, place, 改正, 全部改正": (
        "problems::a_line_says_severity_place_words_and_sentence problems::a_correction_is_one_step "
        "problems::all_of_a_kind_are_corrected_in_one_step"
    ),
    "problems: Enter leads to the cell": "problems::enter_puts_the_cursor_into_the_cell",
    "problems: 忽略": "problems::ignoring_is_kept_with_the_draft_and_can_be_taken_back",
    "problems: a new row is judged when it is left": "first_filling::a_new_row_is_judged_when_it_is_left_and_not_from_cell_to_cell",
    "problems: neither a row from the library nor a sum is blamed while it is filled in": (
        "first_filling::a_row_from_the_library_is_judged_when_it_is_left "
        "first_filling::a_sum_is_not_wrong_while_its_last_part_is_about_to_be_written"
    ),
    "⑤ a row that grows moves neither the page nor the row one is at": (
        "growing_rows::the_page_and_the_row_stay_where_they_are_when_a_long_text_is_written "
        "growing_rows::a_click_that_ends_it_meets_the_same_row_twice"
    ),
    "table: an empty name's list begins with what the project itself names": (
        "indicator_help_panel::f4_offers_first_what_the_project_itself_names_and_ctrl_enter_takes_its_number"
    ),
    "table: an open list takes initials": "cells_as_in_excel::initials_pick_in_a_list_that_is_open_already",
    "table: all columns are seen beside the preview": (
        "narrow_table::beside_the_preview_every_column_is_in_sight_below_the_open_fields_too"
    ),
    "problems: F8 selects the words, 改正 leads on": (
        "problem_words::f8_selects_the_words_in_question problem_words::after_a_correction_one_sees_it_and_the_next_problem_is_chosen"
    ),
    "problems: a sign for each kind, whole and told apart without colour": (
        "marks_in_cells::each_kind_has_a_sign_of_its_own_that_is_seen_whole marks_in_cells::signs_differ_and_no_sign_says_delete"
    ),
    "problems: judged after the field is left": "problems::a_field_is_judged_after_it_is_left",
    "preview": "preview::typing_is_followed_and_the_focus_stays preview::a_click_on_words_puts_the_cursor_into_their_field",
    "the printed page is black on white": "preview::the_paper_is_white_in_a_dark_program",
    "long work shows progress and can be stopped": (
        "export_bar::a_long_export_is_cancelled_and_writes_nothing importing::a_long_reading_can_be_stopped"
    ),
    "F1: help of the field": "help::f1_opens_the_help_of_the_field_with_the_focus help::an_example_is_told_good_or_bad_in_words",
    "使用手册": "manual::every_menu_entry_and_step_is_in_the_manual manual::a_search_lists_the_places_and_marks_the_words",
    "关于": "diagnostics::about_says_versions_and_where_everything_lies",
    "诊断信息": "diagnostics::no_word_of_the_user_is_in_the_diagnostics",
    "settings": (
        "settings::every_setting_differs_in_the_example_and_comes_back_after_a_restart "
        "settings::esc_restores_the_look_and_keeps_nothing settings::another_size_lays_the_open_draft_out_anew_and_keeps_its_place"
    ),
    "nothing cut, no horizontal scroll bar": (
        "project_form::at_every_width_the_whole_form_is_in_view projects::the_form_fits_a_small_screen_without_a_horizontal_scroll_bar"
    ),
    "every control has its label's name": "window::every_control_has_a_visible_label_as_its_accessible_name",
    "cells say where they are": "indicator_table::cells_say_where_they_are",
    "tab order is reading order": "window::the_tab_key_follows_reading_order projects::tab_goes_through_the_form_as_it_is_read",
}
"""What is promised → «file::test», both without their `test_`."""


@pytest.mark.parametrize("promise", PROMISES)
def test_every_promise_of_the_window_has_a_test(promise: str) -> None:
    named = [each.partition("::") for each in PROMISES[promise].split()]
    places = {path.stem: str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "tests" / "ui").rglob("test_*.py")}
    assert without_test(f"{places[f'test_{file}']}::test_{test}" for file, _mark, test in named) == []
