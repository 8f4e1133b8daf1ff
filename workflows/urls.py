"""The addresses of the procedure's pages, in Vietnamese as a reader sees them."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from workflows.views import (
    absence,
    alarms,
    answering,
    audit_log,
    beginning,
    chains,
    clock,
    comparing,
    completing,
    components,
    desk,
    drafting,
    duties,
    finding,
    handing_over,
    higher,
    home,
    importing,
    joining,
    objectives,
    paper,
    prints,
    procedures,
    reading_room,
    registers,
    remarks,
    renditions,
    results,
    reviews,
    sign_in,
    slips,
    terms,
    why,
    writing,
)
from workflows.views.tasks import commenting, meeting, sitting, taking_back
from workflows.views.tasks import detours as task_detours
from workflows.views.tasks import pages as tasks


class KeyConverter(IntConverter):
    """A row's key: at most nine digits, so that no address holds what no database column can."""

    regex = "[0-9]{1,9}"


class FormConverter(StringConverter):
    """A form in which a procedure is given as a file."""

    regex = "bpmn|svg"


register_converter(KeyConverter, "key")
register_converter(FormConverter, "tep")

urlpatterns = [
    path("", home.home, name="home"),
    path("ban-lam-viec/", desk.desk, name="desk"),
    path("viec-khac/<key:duty_id>/", duties.duty, name="duty"),
    path("vang-mat/", absence.absences, name="absences"),
    path("vang-mat/ghi/", absence.record_absence, name="record_absence"),
    path("vang-mat/<key:key>/cham-dut/", absence.end_absence, name="end_absence"),
    path("ban-giao/<key:user_id>/", handing_over.hand_over, name="hand_over"),
    path("canh-bao/", alarms.show, name="alarms"),
    path("dong-ho/", clock.advance_clock, name="advance_clock"),
    path("vao/", sign_in.SignIn.as_view(), name="sign_in"),
    path("ra/", LogoutView.as_view(), name="sign_out"),
    path("thanh-phan/", components.Components.as_view(), name="components"),
    # papers, as they are read
    path("van-ban/", finding.documents, name="documents"),
    path("van-ban/<slug:reference>/", paper.document, name="document"),
    path("van-ban/<slug:reference>/ban/<key:ordinal>/", paper.revision, name="revision"),
    path("van-ban/<slug:reference>/vi-sao/", why.why, name="why"),
    path("van-ban/<slug:reference>/ban-goc/", renditions.rendition, name="rendition"),
    path("van-ban/<slug:reference>/ban-in/", prints.paper_prints, name="prints"),
    path("van-ban/<slug:reference>/ban-in/<key:key>/", prints.print_file, name="print_file"),
    path(
        "van-ban/<slug:reference>/ban-in/<key:key>/huy/", prints.cancel_print, name="cancel_print"
    ),
    path("van-ban/<slug:reference>/tep/<key:key>/", paper.attachment, name="attachment"),
    path("van-ban/<slug:reference>/dinh-chinh/", answering.correct_paper, name="correct_paper"),
    path("van-ban/<slug:reference>/thu-hoi/", answering.recall_paper, name="recall_paper"),
    path("van-ban/<slug:reference>/so-sanh/", comparing.compare, name="compare"),
    path("van-ban/<slug:reference>/so-sanh/tep/", comparing.compare_file, name="compare_file"),
    path(
        "van-ban/<slug:reference>/ly-lich/",
        completing.correct_completion,
        name="correct_completion",
    ),
    path("van-ban/<slug:reference>/ban-in-ho-so/", prints.record_prints, name="record_prints"),
    path("van-ban/<slug:reference>/to-trinh/", slips.slips, name="slips"),
    path("van-ban/<slug:reference>/tong-hop-y-kien/", remarks.summary, name="summary_of_remarks"),
    path("van-ban/<slug:reference>/nhat-ky/", audit_log.document_audit, name="document_audit"),
    path(
        "van-ban/<slug:reference>/nhat-ky/kiem/", audit_log.verify_document, name="verify_document"
    ),
    path("ket-qua/nam/", reviews.year_review, name="year_review"),
    path("ket-qua/nam.csv", reviews.year_review_csv, name="year_review_csv"),
    path("muc-tieu-cap-tren/", higher.higher_objectives, name="higher_objectives"),
    path("van-ban/<slug:reference>/muc-tieu/", objectives.objectives_of, name="objectives"),
    path("van-ban/<slug:reference>/ket-qua/", results.results, name="results"),
    path("van-ban/<slug:reference>/ket-qua.csv", results.results_csv, name="results_csv"),
    path("van-ban/<slug:reference>/ket-qua/dot-xuat/", results.ask_results, name="ask_results"),
    path("ket-qua/", results.all_results, name="all_results"),
    path("ket-qua/<key:key>/tra-lai/", results.return_result, name="return_result"),
    path("ket-qua/<key:key>/bang-chung/<key:file>/", results.evidence, name="evidence"),
    path("so/", registers.registers, name="registers"),
    path("so/mo/", registers.open_register, name="open_register"),
    path("so/<key:key>/", registers.register, name="register"),
    path("so/<key:key>/bo-so/", registers.abandon_number, name="abandon_number"),
    path("chuoi/", chains.chains, name="chains"),
    path("chuoi/<slug:reference>/", chains.chain, name="chain"),
    path("nhat-ky/", audit_log.audit_log, name="audit_log"),
    path("nhat-ky/kiem/", audit_log.verify_log, name="verify_log"),
    path("tra-cuu/", reading_room.reading_room, name="reading_room"),
    path("tra-cuu/<slug:reference>/", reading_room.public_document, name="public_document"),
    path("tra-cuu/<slug:reference>/pdf/", reading_room.public_print, name="public_print"),
    # the procedure itself
    path("quy-trinh/<slug:name>/", procedures.procedure, name="procedure"),
    path("quy-trinh/<slug:name>/thoi-gian/", procedures.procedure_pace, name="procedure_pace"),
    path("quy-trinh/<slug:name>/<tep:form>/", procedures.procedure_file, name="procedure_file"),
    # drafting
    path("soan/", beginning.new_draft, name="new_draft"),
    path("soan/nhap/", importing.bring, name="bring"),
    path("soan/nhap/dan/", importing.paste, name="paste"),
    path("soan/nhap/<key:key>/", importing.intake, name="intake"),
    path("soan/<slug:reference>/", drafting.draft, name="draft"),
    path("soan/<slug:reference>/phan/", writing.pieces, name="pieces"),
    path("soan/<slug:reference>/nhap/<key:aside_id>/", joining.join_text, name="join_text"),
    path("soan/<slug:reference>/xem-truoc/", drafting.preview, name="preview"),
    path("soan/<slug:reference>/luu/", drafting.keep_text, name="keep_text"),
    path("soan/<slug:reference>/tep/", drafting.attach, name="attach"),
    path("soan/<slug:reference>/tep/<key:attachment_id>/bo/", drafting.detach, name="detach"),
    path(
        "soan/<slug:reference>/thong-tin/",
        drafting.correct_particulars,
        name="correct_particulars",
    ),
    path("soan/<slug:reference>/gui/", drafting.submit_draft, name="submit_draft"),
    # the steps of the procedure
    path("viec/<key:task_id>/", tasks.task, name="task"),
    path("viec/<key:task_id>/<slug:act>/", tasks.task_act, name="task_act"),
    path("ky-nhieu/", sitting.sign_many, name="sign_many"),
    path("ho-so/<key:case_id>/rut/", task_detours.withdraw, name="withdraw"),
    path("ho-so/<key:case_id>/tham-khao/", commenting.ask_comment, name="ask_comment"),
    path("tham-khao/<key:key>/", commenting.comment, name="comment"),
    path("ho-so/<key:case_id>/lay-lai/", taking_back.take_back, name="take_back"),
    path("thoi-han/", terms.office_terms, name="office_terms"),
    path("ho-so/<key:case_id>/bien-ban/", meeting.minutes, name="minutes"),
    path("ho-so/<key:case_id>/dong-luot/", task_detours.close_round, name="close_round"),
]
