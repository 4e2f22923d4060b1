"use strict";
// Components of the pages' own (zonesim/web/elements.py): a table and a select, each one component however many cells and options it has.
window.zonesim = {
  Table: function (props) {
    const e = React.createElement;
    const head = e("thead", null, e("tr", null, props.columns.map(function (one, k) { return e("th", {scope: "col", key: k}, one); })));
    const body = e("tbody", null, props.rows.map(function (row, n) {
      return e("tr", {key: n}, row.map(function (cell, k) { return e("td", {key: k, className: props.numeric[k] ? "n" : ""}, cell); }));
    }));
    return e("table", null, head, body);
  },
  Pick: function (props) {
    const e = React.createElement;
    const listed = props.groups.map(function (group, n) {
      const options = group[1].map(function (one) { return e("option", {value: one[0], key: one[0]}, one[1]); });
      return group[0] ? e("optgroup", {label: group[0], key: n}, options) : options;
    });
    return e("select", {id: props.id, "data-param": props.part, defaultValue: props.value}, listed);
  },
};
