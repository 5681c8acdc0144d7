"""The patient record: its verbs, imported at first use so that `motion --help` stays quick."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motion.clinic.adherence import Adherence, measure_adherence, monday_of
    from motion.clinic.adherence_days import (
        AdherenceDay,
        AdherenceWeek,
        DayState,
        list_adherence_weeks,
    )
    from motion.clinic.adoption import Adoption, figures_to_adopt
    from motion.clinic.annotations import add_annotation, exclude_annotation, list_annotations
    from motion.clinic.audit import list_history, tell_edits
    from motion.clinic.better import Better, better_of
    from motion.clinic.change import Change, Outcome, judge_change
    from motion.clinic.chart_values import (
        Annotation,
        AnnotationDetails,
        AnnotationKind,
        FlagKind,
        SignOff,
    )
    from motion.clinic.comparing import comparability, differences
    from motion.clinic.correct_numbers import (
        NumberKey,
        exclude_number,
        include_number,
        list_excluded_numbers,
    )
    from motion.clinic.correct_takes import (
        correct_take,
        list_analyses,
        load_analysis,
        restore_analysis,
    )
    from motion.clinic.correct_values import AnalysisVersion, HistoryEntry
    from motion.clinic.diary import list_diary, note_done
    from motion.clinic.done import list_adherence, list_done
    from motion.clinic.done_values import DoneSession
    from motion.clinic.edits import list_edits
    from motion.clinic.event_corrections import correct_events
    from motion.clinic.event_edits import EventEdit, apply_event_edits
    from motion.clinic.export import progress_table
    from motion.clinic.flags import Flag, find_flags, note_flag_seen
    from motion.clinic.flags_lately import Lately, PatientCount, find_lately
    from motion.clinic.hand_angles import HandAngle, find_hand_angle
    from motion.clinic.hand_file import HandFile, read_hand_file
    from motion.clinic.hand_import import Imported, import_manual, sort_known, source_of_file
    from motion.clinic.hand_line import HandLine
    from motion.clinic.links import end_links, find_patient_of_link, has_link, make_link
    from motion.clinic.live_rows import StoredFacts
    from motion.clinic.live_store import add_answers, find_live_facts, store_live
    from motion.clinic.made_up import MadeUpWriter, count_patients
    from motion.clinic.made_up_values import (
        MadeUpChart,
        MadeUpDiary,
        MadeUpHand,
        MadeUpStep,
        MadeUpTake,
        MadeUpTarget,
        MadeUpVisit,
    )
    from motion.clinic.manual import (
        add_manual,
        add_manual_alone,
        change_manual,
        exclude_manual,
        include_manual,
        list_manual,
        list_manual_of_patient,
    )
    from motion.clinic.manual_checks import is_withheld
    from motion.clinic.manual_pairing import camera_value, pair_manual, takes_beside
    from motion.clinic.orphans import sweep
    from motion.clinic.outcome_change import OutcomeDifference, judge_scores, score_text
    from motion.clinic.outcome_lines import OutcomeLine, OutcomePoint, follow_outcomes
    from motion.clinic.outcome_values import OutcomeDetails, OutcomeItem, OutcomeScore
    from motion.clinic.outcomes import add_outcome, exclude_outcome, list_outcomes
    from motion.clinic.pain import PainPoint, list_pain
    from motion.clinic.pairs import (
        MethodAgreement,
        Pair,
        compare_methods,
        list_pairs,
        result_measure,
    )
    from motion.clinic.patients import (
        PatientOrder,
        add_patient,
        count_listed,
        ensure_patient,
        find_patient,
        joint_names,
        list_made_up,
        list_patients,
        update_patient,
    )
    from motion.clinic.plan_values import (
        Decision,
        DiaryDetails,
        DiaryEntry,
        Dimension,
        ItemDetails,
        PlanItem,
        PlanSettings,
        PlanSettingsDetails,
        PlanSuggestion,
        ProgressionRule,
        Suggestion,
        Weekday,
        effective_prescription,
    )
    from motion.clinic.plans import (
        change_item,
        change_plan_settings,
        end_item,
        find_item,
        list_items,
        plan_settings,
        prescribe,
    )
    from motion.clinic.progress import Line, Point, follow
    from motion.clinic.progression import suggest_progression
    from motion.clinic.protocol_values import ProtocolRun, StepNote
    from motion.clinic.protocols import (
        end_protocol,
        find_run,
        list_runs,
        note_step,
        start_protocol,
    )
    from motion.clinic.record import Record, open_record
    from motion.clinic.repeats import Repeats, find_repeats, mark_retest, readings_of_repeats
    from motion.clinic.retest import Reading, RetestResult, RetestVerdict, assess_retest
    from motion.clinic.retest_file import RetestFile, parse_retest, read_retest
    from motion.clinic.sending import Unsent, find_unsent, note_sent
    from motion.clinic.sign_offs import find_sign_off, sign_off, withdraw_sign_off
    from motion.clinic.statistics import refresh_statistics
    from motion.clinic.store import add_analysis, store_analysis
    from motion.clinic.suggestions import (
        accept_suggestion,
        decline_suggestion,
        list_suggestions,
        pending_suggestions,
    )
    from motion.clinic.takes import (
        exclude_take,
        find_take,
        include_take,
        list_takes,
        load_take,
        recent_takes,
        retest_takes,
    )
    from motion.clinic.target_columns import progress_report
    from motion.clinic.target_values import Target, TargetDetails, find_target
    from motion.clinic.targets import (
        change_target,
        list_targets,
        set_target,
        withdraw_target,
    )
    from motion.clinic.today import Today, TodayItem, Withheld, require_allowed, todays_list
    from motion.clinic.trend import Trend, find_trend
    from motion.clinic.units import difference_text, number_text, table_decimals
    from motion.clinic.values import (
        ByHand,
        Edit,
        Instrument,
        ManualMeasurement,
        Patient,
        PatientDetails,
        PatientSummary,
        SexForNorms,
        StoredTake,
        TakeKind,
        TakeSummary,
    )

__all__ = [
    "Adherence",
    "AdherenceDay",
    "AdherenceWeek",
    "Adoption",
    "AnalysisVersion",
    "Annotation",
    "AnnotationDetails",
    "AnnotationKind",
    "Better",
    "ByHand",
    "Change",
    "DayState",
    "Decision",
    "DiaryDetails",
    "DiaryEntry",
    "Dimension",
    "DoneSession",
    "Edit",
    "EventEdit",
    "Flag",
    "FlagKind",
    "HandAngle",
    "HandFile",
    "HandLine",
    "HistoryEntry",
    "Imported",
    "Instrument",
    "ItemDetails",
    "Lately",
    "Line",
    "MadeUpChart",
    "MadeUpDiary",
    "MadeUpHand",
    "MadeUpStep",
    "MadeUpTake",
    "MadeUpTarget",
    "MadeUpVisit",
    "MadeUpWriter",
    "ManualMeasurement",
    "MethodAgreement",
    "NumberKey",
    "Outcome",
    "OutcomeDetails",
    "OutcomeDifference",
    "OutcomeItem",
    "OutcomeLine",
    "OutcomePoint",
    "OutcomeScore",
    "PainPoint",
    "Pair",
    "Patient",
    "PatientCount",
    "PatientDetails",
    "PatientOrder",
    "PatientSummary",
    "PlanItem",
    "PlanSettings",
    "PlanSettingsDetails",
    "PlanSuggestion",
    "Point",
    "ProgressionRule",
    "ProtocolRun",
    "Reading",
    "Record",
    "Repeats",
    "RetestFile",
    "RetestResult",
    "RetestVerdict",
    "SexForNorms",
    "SignOff",
    "StepNote",
    "StoredFacts",
    "StoredTake",
    "Suggestion",
    "TakeKind",
    "TakeSummary",
    "Target",
    "TargetDetails",
    "Today",
    "TodayItem",
    "Trend",
    "Unsent",
    "Weekday",
    "Withheld",
    "accept_suggestion",
    "add_analysis",
    "add_annotation",
    "add_answers",
    "add_manual",
    "add_manual_alone",
    "add_outcome",
    "add_patient",
    "apply_event_edits",
    "assess_retest",
    "better_of",
    "camera_value",
    "change_item",
    "change_manual",
    "change_plan_settings",
    "change_target",
    "comparability",
    "compare_methods",
    "correct_events",
    "correct_take",
    "count_listed",
    "count_patients",
    "decline_suggestion",
    "difference_text",
    "differences",
    "effective_prescription",
    "end_item",
    "end_links",
    "end_protocol",
    "ensure_patient",
    "exclude_annotation",
    "exclude_manual",
    "exclude_number",
    "exclude_outcome",
    "exclude_take",
    "figures_to_adopt",
    "find_flags",
    "find_hand_angle",
    "find_item",
    "find_lately",
    "find_live_facts",
    "find_patient",
    "find_patient_of_link",
    "find_repeats",
    "find_run",
    "find_sign_off",
    "find_take",
    "find_target",
    "find_trend",
    "find_unsent",
    "follow",
    "follow_outcomes",
    "has_link",
    "import_manual",
    "include_manual",
    "include_number",
    "include_take",
    "is_withheld",
    "joint_names",
    "judge_change",
    "judge_scores",
    "list_adherence",
    "list_adherence_weeks",
    "list_analyses",
    "list_annotations",
    "list_diary",
    "list_done",
    "list_edits",
    "list_excluded_numbers",
    "list_history",
    "list_items",
    "list_made_up",
    "list_manual",
    "list_manual_of_patient",
    "list_outcomes",
    "list_pain",
    "list_pairs",
    "list_patients",
    "list_runs",
    "list_suggestions",
    "list_takes",
    "list_targets",
    "load_analysis",
    "load_take",
    "make_link",
    "mark_retest",
    "measure_adherence",
    "monday_of",
    "note_done",
    "note_flag_seen",
    "note_sent",
    "note_step",
    "number_text",
    "open_record",
    "pair_manual",
    "parse_retest",
    "pending_suggestions",
    "plan_settings",
    "prescribe",
    "progress_report",
    "progress_table",
    "read_hand_file",
    "read_retest",
    "readings_of_repeats",
    "recent_takes",
    "refresh_statistics",
    "require_allowed",
    "restore_analysis",
    "result_measure",
    "retest_takes",
    "score_text",
    "set_target",
    "sign_off",
    "sort_known",
    "source_of_file",
    "start_protocol",
    "store_analysis",
    "store_live",
    "suggest_progression",
    "sweep",
    "table_decimals",
    "takes_beside",
    "tell_edits",
    "todays_list",
    "update_patient",
    "withdraw_sign_off",
    "withdraw_target",
]

_FILES = (
    # Light, without a database.
    "correct_values",
    *("values", "better", "change", "trend", "comparing", "progress", "units", "retest"),
    *("retest_file", "hand_angles", "manual_checks", "adoption", "event_edits"),
    *("target_values", "plan_values", "done_values", "adherence", "adherence_days", "progression"),
    *("record", "patients", "takes", "store", "edits", "manual", "pairs", "repeats", "orphans"),
    *("targets", "event_corrections", "export", "target_columns"),
    *("sending", "links"),
    "chart_values",
    *("outcome_values", "outcome_change", "outcome_lines", "outcomes", "annotations", "pain"),
    *("hand_line", "hand_file", "hand_import", "manual_pairing"),
    *("plans", "done", "today", "diary", "live_rows", "live_store", "suggestions"),
    *("flags", "flags_lately"),
    *("protocol_values", "protocols"),
    *("made_up_values", "made_up", "statistics"),
    *("correct_takes", "correct_numbers", "sign_offs", "audit"),
)


def __getattr__(name: str) -> Any:
    if name in __all__:
        for file in _FILES:
            module = import_module(f"{__name__}.{file}")
            if name in module.__all__:
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
