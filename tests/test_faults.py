"""The table of faults: each row of what must survive, and the tests that cause it for real. A row without a test fails."""

import pytest

from tests.named import without_test

STORE, UI, EXPORTS = "tests/models/store", "tests/ui", "tests/exporters"
FAULTS = {
    "kill -9 while typing": [
        f"{UI}/editor/test_killed.py::test_a_kill_while_typing_anywhere_loses_nothing_that_was_said_to_be_saved"
    ],
    "keys that come faster than they are handled": [
        f"{UI}/editor/test_saving.py::test_while_no_event_is_handled_the_keys_themselves_save",
        f"{UI}/editor/test_saving.py::test_words_typed_anywhere_are_on_the_disk_while_the_typing_goes_on",
    ],
    "a table cell nobody leaves": [
        f"{UI}/editor/table/test_cell_typing.py::test_each_key_in_a_cell_is_in_the_draft_at_once",
        f"{UI}/editor/test_saving.py::test_the_last_word_is_on_the_disk_though_the_cursor_stays_in_its_place",
    ],
    "a word just being composed": [
        f"{UI}/editor/table/test_cell_typing.py::test_of_a_composition_the_confirmed_words_count_and_nothing_else",
        f"{UI}/editor/table/test_cell_typing.py::test_a_word_being_composed_outlives_changes_elsewhere_in_its_row",
        f"{UI}/editor/test_typing.py::test_a_word_being_composed_is_neither_saved_half_nor_takes_the_selected_text_away",
    ],
    "anything at all, in any order": [f"{UI}/editor/test_monkey.py::test_a_monkey_at_the_window_loses_nothing"],
    "kill -9 inside a save": [f"{STORE}/test_kill.py::test_a_kill_in_the_middle_of_a_save_loses_nothing_acknowledged"],
    "power cut": [f"{STORE}/test_power_cut.py::test_a_power_cut_at_any_moment_of_saving_loses_nothing_acknowledged"],
    "disk full": [
        f"{UI}/shell/test_store_care.py::test_a_full_disk_is_told_the_words_stay_and_are_saved_when_there_is_room",
        f"{STORE}/test_backup.py::test_a_full_data_disk_loses_nothing_that_was_saved",
        f"{STORE}/test_faults.py::test_a_full_disk_loses_nothing_and_the_save_may_be_tried_again",
    ],
    "read-only folder": [
        f"{STORE}/test_faults.py::test_a_read_only_store_can_be_read",
        f"{STORE}/test_faults.py::test_a_writable_file_in_a_read_only_folder_is_read_only",
        f"{STORE}/test_faults.py::test_a_store_cannot_be_made_in_a_read_only_folder",
    ],
    "read-only folder, in the window": [
        f"{UI}/shell/test_store_care.py::test_a_read_only_folder_is_told_and_the_words_can_be_taken_elsewhere"
    ],
    "closing with unsaved words": [
        f"{UI}/editor/test_typing.py::test_closing_warns_when_the_last_words_cannot_be_saved",
        f"{UI}/editor/test_typing.py::test_closing_saves_a_word_just_composed",
        f"{UI}/shell/test_store_care.py::test_an_export_takes_the_word_still_being_composed",
    ],
    "the store emptied, cut, replaced or removed under an open window": [
        f"{UI}/shell/test_leaving.py::test_a_store_that_is_no_store_any_more_keeps_the_window_and_the_words",
        f"{UI}/shell/test_leaving.py::test_when_the_store_is_back_the_words_are_in_it_and_the_package_goes",
        f"{UI}/app/test_shutdown.py::test_what_the_store_does_not_take_then_is_in_a_package_and_nobody_is_asked",
        f"{STORE}/test_replaced_file.py::test_what_is_no_store_of_ours_is_said_and_left_and_a_good_file_is_gone_on_with",
    ],
    "a fault of our own while leaving": [
        f"{UI}/shell/test_leaving.py::test_a_fault_of_our_own_before_all_is_saved_keeps_the_window_and_the_words",
        f"{UI}/shell/test_leaving.py::test_a_fault_of_our_own_after_all_is_saved_keeps_nobody",
    ],
    "another program holds the store": [
        f"{UI}/shell/test_held_store.py::test_what_is_typed_meanwhile_waits_for_nothing_is_told_and_lands",
        f"{UI}/shell/test_held_store.py::test_a_version_that_could_not_be_kept_is_kept_when_it_is_let_go",
        f"{UI}/shell/test_held_store.py::test_the_day_s_backup_is_made_when_it_is_let_go",
        f"{UI}/shell/test_held_store.py::test_checks_wait_until_it_is_let_go",
    ],
    "two writers on one file": [
        f"{UI}/shell/test_two_windows.py::test_two_windows_that_type_into_one_draft_keep_both_texts_and_say_so",
        f"{STORE}/test_two_writers.py::test_of_two_texts_saved_over_one_neither_is_overwritten",
        f"{STORE}/test_two_writers.py::test_whatever_two_writers_do_no_saved_word_is_lost",
    ],
    "the store replaced by a sync tool": [
        f"{UI}/shell/test_two_windows.py::test_a_file_replaced_by_another_text_offers_both",
        f"{UI}/shell/test_two_windows.py::test_a_file_replaced_while_nothing_is_typed_is_noticed_all_the_same",
        f"{STORE}/test_replaced_file.py::test_a_replaced_file_that_held_other_words_is_kept_as_a_backup_and_no_other_one",
        f"{STORE}/test_replaced_file.py::test_a_file_replaced_by_the_same_content_is_opened_and_saving_goes_on",
        f"{STORE}/test_replaced_file.py::test_a_file_replaced_by_another_text_keeps_both",
        f"{STORE}/test_replaced_file.py::test_a_file_written_over_in_place_with_as_many_saves_behind_it_is_read_anew",
    ],
    "moving the data folder": [
        f"{STORE}/test_moving.py::test_a_fault_at_any_point_leaves_everything_as_it_was",
        f"{STORE}/test_moving.py::test_a_rename_that_fails_is_taken_back",
        f"{UI}/features/data_folder/test_moving_the_folder.py::test_a_move_that_fails_says_why_and_the_drafts_are_there_as_before",
    ],
    "a moved data folder that is gone": [
        f"{STORE}/test_moving.py::test_a_folder_that_is_gone_is_never_replaced_by_an_empty_one",
        f"{UI}/features/data_folder/test_moving_the_folder.py::test_what_is_written_in_the_empty_folder_is_taken_in_when_the_other_is_back",
    ],
    "an upgrade": [
        f"{STORE}/test_upgrades.py::test_a_newer_program_opens_edits_and_keeps_what_an_older_one_left",
        f"{STORE}/test_upgrades.py::test_an_older_program_refuses_newer_data_by_name_and_leaves_it",
    ],
    "0 bytes": [f"{STORE}/test_faults.py::test_an_empty_file_is_a_damaged_store_and_no_new_one"],
    "truncated": [f"{STORE}/test_faults.py::test_a_file_cut_short_is_refused"],
    "damaged pages": [
        f"{STORE}/test_faults.py::test_pages_of_zeros_are_refused",
        f"{STORE}/test_backup.py::test_any_page_may_be_destroyed_and_the_rest_is_brought_over",
        f"{STORE}/test_backup.py::test_a_store_whose_first_page_is_gone_is_read_by_its_known_shape",
        f"{UI}/shell/test_store_care.py::test_a_damaged_store_is_set_aside_and_its_drafts_are_brought_over",
    ],
    "a flipped bit in a text": [
        f"{STORE}/test_backup.py::test_a_flipped_bit_in_a_text_is_noticed_when_the_draft_is_opened",
        f"{STORE}/test_backup.py::test_a_flipped_bit_that_breaks_a_character_is_noticed_too",
        f"{UI}/shell/test_store_care.py::test_a_draft_altered_on_the_disk_is_not_opened_unasked",
    ],
    "a crash in the middle of a save": [
        f"{STORE}/test_journal.py::test_a_save_that_was_killed_half_way_is_rolled_back"
    ],
    "a foreign or older journal": [
        f"{STORE}/test_journal.py::test_a_journal_of_another_database_is_set_aside",
        f"{STORE}/test_journal.py::test_an_older_journal_of_the_same_store_takes_nothing_back",
        f"{STORE}/test_journal.py::test_the_journal_of_a_store_another_copy_went_on_from_takes_nothing_back",
        f"{STORE}/test_journal.py::test_a_log_of_another_database_is_set_aside",
        f"{STORE}/test_journal.py::test_a_journal_that_is_put_there_while_the_store_is_open_is_set_aside_too",
        f"{STORE}/test_journal.py::test_the_journal_of_a_program_at_work_is_left_to_it",
        f"{STORE}/test_journal.py::test_the_journal_of_another_store_does_not_take_the_place_of_a_damaged_one",
    ],
    "foreign file": [
        f"{STORE}/test_faults.py::test_a_file_of_something_else_is_refused",
        f"{STORE}/test_faults.py::test_another_programs_database_is_refused",
        f"{STORE}/test_backup.py::test_a_file_with_nothing_readable_is_set_aside_and_a_new_store_begins",
    ],
    "newer version": [f"{STORE}/test_faults.py::test_a_newer_store_is_refused_by_its_version"],
    "older version": [
        f"{STORE}/test_migrations.py::test_a_store_of_version_1_opens_with_all_it_holds",
        f"{STORE}/test_migrations.py::test_a_migration_that_fails_leaves_the_store_as_it_was",
        f"{STORE}/test_migrations.py::test_no_backup_means_no_migration",
    ],
    "damaged store, good backup": [
        f"{STORE}/test_backup.py::test_a_damaged_store_is_set_aside_and_the_newest_good_backup_takes_its_place",
        f"{STORE}/test_backup.py::test_a_damaged_store_is_never_taken_for_a_good_backup",
    ],
    "backup stick full or gone": [
        f"{STORE}/test_backup.py::test_a_full_stick_is_told_and_leaves_no_half_backup",
        f"{STORE}/test_backup.py::test_a_stick_that_was_pulled_out_is_told",
    ],
    "two instances": [
        f"{UI}/app/test_single_instance.py::test_a_second_start_hands_its_files_to_the_first_window",
        f"{UI}/app/test_single_instance.py::test_a_program_started_twice_shows_one_window",
        f"{UI}/app/test_single_instance.py::test_a_window_that_hangs_is_not_robbed",
        f"{STORE}/test_faults.py::test_a_save_while_another_process_writes_may_be_tried_again",
    ],
    "stale lock": [
        f"{UI}/app/test_single_instance.py::test_the_lock_of_a_killed_program_is_taken_over_at_once",
        f"{UI}/app/test_single_instance.py::test_a_lock_whose_number_belongs_to_another_process_now_is_taken_over",
    ],
    "another account": [
        "tests/models/test_disk.py::test_a_folder_of_another_account_is_told_as_that_and_by_its_name",
        "tests/models/test_disk.py::test_drafts_of_another_account_are_told_as_that_and_not_as_read_only",
        f"{UI}/app/test_single_instance.py::test_the_lock_of_another_account_s_killed_program_is_taken_over",
        f"{UI}/app/test_single_instance.py::test_another_account_s_window_is_not_robbed_and_its_name_is_said",
    ],
    "no Chinese font": [
        f"{UI}/app/test_no_chinese_font.py::test_the_window_says_in_two_languages_what_is_missing_and_a_pdf_is_refused"
    ],
    "an old locale": ["tests/test_command_line.py::test_file_names_are_utf8_whatever_the_locale_says"],
    "a path too long": ["tests/models/test_disk.py::test_a_path_too_long_for_the_drafts_is_told_as_that"],
    "logging out": [f"{UI}/app/test_shutdown.py::test_what_was_typed_is_saved_and_the_next_start_finds_all_in_order"],
    "killed while the data folder moves": [
        f"{STORE}/test_moving.py::test_killed_at_any_moment_the_drafts_are_found_whole_and_it_can_be_moved_again"
    ],
    "backup folder gone": [
        f"{UI}/features/backup/test_backups.py::"
        "test_a_backup_folder_that_is_gone_is_told_never_made_anew_and_the_day_has_its_backup_all_the_same"
    ],
    "a salvage that fails or is killed": [
        f"{STORE}/test_salvage.py::test_where_the_disk_is_full_all_stays_as_it_was_and_it_may_be_tried_again",
        f"{STORE}/test_salvage.py::test_killed_at_any_moment_it_has_changed_nothing_or_done_everything",
    ],
    "what a salvage leaves behind": [
        f"{STORE}/test_salvage.py::test_each_draft_is_on_its_own",
        f"{STORE}/test_salvage.py::test_what_did_not_come_is_named",
        f"{UI}/shell/test_damaged_drafts.py::test_what_only_a_backup_has_is_named",
    ],
    "damage of any other kind": [
        f"{STORE}/test_damage.py::test_nothing_is_lost_in_silence_and_nothing_is_an_internal_error",
        f"{UI}/shell/test_damaged_drafts.py::test_whatever_is_wrong_the_page_offers_backups_salvage_and_another_try",
        f"{UI}/shell/test_damaged_drafts.py::test_a_bad_draft_leaves_none_of_the_later_ones_unchecked",
    ],
    "damaged store: versions and settings": [
        f"{STORE}/test_backup.py::test_with_the_drafts_their_versions_come_back_and_the_trash_stays_one",
        f"{STORE}/test_backup.py::test_a_destroyed_page_takes_only_the_versions_on_it",
        f"{STORE}/test_backup.py::test_settings_and_the_own_library_come_back_too",
    ],
    "command line beside a window": [
        f"{UI}/app/test_single_instance.py::test_the_command_line_works_beside_an_open_window"
    ],
    "network folder": [f"{UI}/app/test_folder_kinds.py::test_this_disk_is_no_network_folder_and_a_share_is_one"],
    "clock set back": [
        f"{STORE}/test_revisions.py::test_versions_stand_in_the_order_they_were_made_though_the_clock_is_set_back",
        f"{STORE}/test_revisions.py::test_a_wrong_date_thins_nothing_that_was_made_today",
        f"{STORE}/test_revisions.py::test_a_clock_that_is_decades_wrong_for_a_while_thins_nothing_else",
        f"{UI}/shell/test_start_page.py::test_the_draft_saved_last_comes_first_whatever_the_clock_said",
        f"{STORE}/test_backup.py::test_one_is_due_each_day_and_also_when_the_clock_was_set_back",
        f"{STORE}/test_drafts.py::test_the_draft_saved_last_comes_first_even_when_the_clock_is_set_back",
    ],
    "export: disk full": [
        f"{EXPORTS}/test_atomic.py::test_a_full_disk_leaves_the_old_file",
        f"{UI}/shell/test_store_care.py::test_an_export_that_found_no_place_is_kept_and_offered_elsewhere",
    ],
    "export: folder gone": [f"{EXPORTS}/test_atomic.py::test_a_missing_folder_is_named"],
    "export: name too long": [f"{EXPORTS}/test_atomic.py::test_a_name_that_is_too_long_is_said_so"],
    "export: open in Word": [
        f"{EXPORTS}/test_atomic.py::test_a_file_word_lets_go_of_in_time_is_written",
        f"{EXPORTS}/test_atomic.py::test_a_file_that_stays_open_in_word_is_said_so",
    ],
    "export: illegal name": [f"{EXPORTS}/test_atomic.py::test_a_file_name_is_one_every_system_takes"],
    "export: killed": [f"{EXPORTS}/test_atomic.py::test_a_program_killed_while_writing_leaves_a_whole_file"],
    "crash": [
        f"{UI}/shell/test_store_care.py::test_a_crash_of_the_interpreter_leaves_its_place_in_the_code_and_no_words",
        f"{UI}/shell/test_window.py::test_an_error_of_ours_is_one_sentence_and_a_trace_without_the_user_s_words",
        f"{UI}/shell/test_store_care.py::test_after_a_crash_the_next_start_says_what_was_recovered",
    ],
    "privacy": [
        "tests/test_privacy.py::test_no_network_code_is_imported",
        f"{UI}/shell/test_store_care.py::test_files_of_the_program_are_readable_by_the_user_alone",
    ],
    "characters no file can hold": [
        f"{UI}/editor/test_typing.py::test_characters_no_file_can_hold_are_taken_out_and_it_is_said",
        f"{UI}/editor/table/test_cell_typing.py::test_characters_no_file_can_hold_are_taken_out_of_a_cell_and_told",
    ],
    "no-break spaces": [
        f"{UI}/editor/test_typing.py::test_no_break_spaces_outlive_looking_at_a_text_and_typing_in_it",
        f"{UI}/editor/table/test_cell_typing.py::test_no_break_spaces_outlive_an_editor",
    ],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_a_test_that_causes_it(fault: str) -> None:
    assert FAULTS[fault]
    assert without_test(FAULTS[fault]) == []
